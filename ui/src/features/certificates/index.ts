export { CertificatesPage } from "./CertificatesPage";
export { nameOf as certificateName } from "./names";
export { useCertificates, useEndingCount } from "./useCertificates";
