import { useTranslation } from "react-i18next";
import { VisibleText } from "@/components/text";
import type { Recognised } from "@/contract";
import { Fact } from "./Fact";
import styles from "./FirstRun.module.css";

/** Who the device is, in the platform's own terms. */
export function PlatformFacts({ recognised }: { recognised: Recognised }) {
  const { t } = useTranslation();
  const { form, kind, client_id, credential, certificate, details } = recognised;
  const azure = kind === "azure_iot_hub" || kind === "azure_dps";
  const idWord = kind === "azure_dps" ? t("credentials.registrationId") : t(azure ? "credentials.deviceId" : "firstRun.clientId");
  const facts: [string, string | null][] = [
    [t("firstRun.idScope"), details.id_scope],
    [t("firstRun.gateway"), details.gateway],
    [t("firstRun.policy"), details.policy],
    [t("firstRun.appVersion"), credential.kind === "endpoint_token" ? credential.app_version : null],
    [t("firstRun.certificate"), certificate === null ? null : (certificate.common_name ?? certificate.subject)],
  ];
  return (
    <>
      {client_id !== null && (
        <Fact word={idWord}>
          <VisibleText text={client_id} />
        </Fact>
      )}
      {client_id === null && !azure && form !== "service_connection_string" && (
        <Fact word={idWord}>
          <span className={styles.quiet}>{t("firstRun.clientIdMade")}</span>
        </Fact>
      )}
      {facts.map(
        ([word, text]) =>
          text !== null &&
          text !== "" && (
            <Fact key={word} word={word}>
              <VisibleText text={text} />
            </Fact>
          ),
      )}
    </>
  );
}
