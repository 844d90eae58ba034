import { useTranslation } from "react-i18next";
import { BasicFields } from "./BasicFields";
import { CertificateFields } from "./CertificateFields";
import styles from "./Credentials.module.css";
import { EndpointFields } from "./EndpointFields";
import { GroupKeyFields, SharedKeyFields } from "./KeyFields";
import type { PartProps } from "./parts";
import { ProvisionFields } from "./ProvisionFields";
import { SasTokenFields } from "./SasTokenFields";
import { TokenFields } from "./TokenFields";

/** The fields of the form's method. */
export function CredentialFields(props: PartProps) {
  const { t } = useTranslation();
  switch (props.form.method) {
    case "none":
      return <p className={styles.quiet}>{t("credentials.anonymous")}</p>;
    case "access_token":
      return <TokenFields {...props} />;
    case "basic":
      return <BasicFields {...props} />;
    case "shared_access_key":
      return <SharedKeyFields {...props} />;
    case "sas_token":
      return <SasTokenFields {...props} />;
    case "group_key":
      return <GroupKeyFields {...props} />;
    case "x509_own":
    case "x509_ca":
      return <CertificateFields {...props} />;
    case "basic_x509":
      return (
        <>
          <BasicFields {...props} />
          <CertificateFields {...props} />
        </>
      );
    case "provision":
      return <ProvisionFields {...props} />;
    case "endpoint":
    case "endpoint_basic":
    case "endpoint_x509":
    case "endpoint_both":
      return <EndpointFields {...props} />;
  }
}
