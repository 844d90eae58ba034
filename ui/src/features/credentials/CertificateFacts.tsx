import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CopyText } from "@/components/copy";
import { Fact, Facts } from "@/components/facts";
import { VisibleText } from "@/components/text";
import type { Certificate, HubKind } from "@/contract";
import { formatDate } from "@/i18n";
import styles from "./Credentials.module.css";
import type { Method } from "./methods";
import { Check } from "./Check";

interface CertificateFactsProps {
  certificate: Certificate;
  kind: HubKind;
  method: Method;
  clientId: string;
}

/** How long the certificate is good, and what the hub knows it by. */
export function CertificateFacts({ certificate, kind, method, clientId }: CertificateFactsProps) {
  const { t } = useTranslation();
  const [now] = useState(() => Date.now());
  const over = certificate.not_after * 1000 < now;
  const early = certificate.not_before * 1000 > now;
  return (
    <>
      <Facts>
        <Fact name={t("credentials.valid")}>
          <span className={over || early ? styles.bad : undefined}>
            {t(over ? "credentials.validWas" : early ? "credentials.validFrom" : "credentials.validUntil", {
              date: formatDate(early ? certificate.not_before : certificate.not_after),
            })}
          </span>
        </Fact>
        {certificate.chain > 1 && <Fact name={t("credentials.chain")}>{t("credentials.chainLength", { count: certificate.chain })}</Fact>}
        {knownBy(kind, method, certificate).map(({ name, text }) => (
          <Fact key={name} name={t(`credentials.${name}`)}>
            <span className={styles.print}>
              <span className={styles.short} title={text}>
                <VisibleText text={text} className="mono" />
              </span>
              <CopyText text={text} what={t(`credentials.${name}`)} />
            </span>
          </Fact>
        ))}
      </Facts>
      {namesDevice(kind, method) && (
        <Check good={certificate.common_name === clientId}>
          {t(certificate.common_name === clientId ? "credentials.commonNameFits" : "credentials.commonNameDiffers", { id: clientId })}
        </Check>
      )}
    </>
  );
}

/** By what the hub tells the certificate from others: to be entered or compared there. */
function knownBy(kind: HubKind, method: Method, { sha1, sha256, thingsboard_id, issuer, serial }: Certificate) {
  if (kind === "thingsboard") return [{ name: "credentialsId", text: thingsboard_id } as const];
  if (kind === "kaa") return [{ name: "issuer", text: issuer } as const, { name: "serial", text: serial } as const];
  if (method === "x509_own") return [{ name: "sha1", text: sha1 } as const, { name: "sha256", text: sha256 } as const];
  return [{ name: "sha256", text: sha256 } as const];
}

/** Azure finds the device (or registration) of a certificate from a CA by its common name. */
function namesDevice(kind: HubKind, method: Method): boolean {
  return method === "x509_ca" && (kind === "azure_iot_hub" || kind === "azure_dps");
}
