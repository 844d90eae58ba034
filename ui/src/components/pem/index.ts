export { PemField, pemSource, type Pem } from "./PemField";
