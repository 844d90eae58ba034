import { useTranslation } from "react-i18next";
import { errorText, Note } from "@/components/feedback";
import { useAnswer } from "@/live";
import styles from "./Credentials.module.css";
import type { PartProps } from "./parts";
import { SasFacts } from "./SasFacts";
import { SecretField } from "./SecretField";

/** A ready-made SAS token. One that is typed or pasted is read at once; the stored one is read by the box below. */
export function SasTokenFields(props: PartProps) {
  const { t } = useTranslation();
  const { form, device } = props;
  const token = form.secrets.token?.change === "set" ? form.secrets.token.value.trim() : "";
  const { answer, error, pending } = useAnswer("sas.decode", token === "" ? null : { token, device: device?.id ?? null, hub: null });
  const failure = error !== null && !pending ? errorText(t, error) : null;
  return (
    <>
      <SecretField {...props} field="token" label={t("credentials.token")} hint={t("credentials.sasTokenHint")} />
      {failure !== null && (
        <Note tone="warn" title={failure.sentence}>
          {failure.detail ?? failure.hint}
        </Note>
      )}
      {failure === null && answer !== null && (
        <div className={styles.sunken}>
          <SasFacts decoded={answer} />
        </div>
      )}
    </>
  );
}
