import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText, Note } from "@/components/feedback";
import { Field, SecretInput } from "@/components/fields";
import type { Device, Hub, SecretDraft } from "@/contract";
import { useAnswer } from "@/live";
import styles from "./Credentials.module.css";
import { KEEP } from "./form";
import { SasFacts } from "./SasFacts";
import { SasText } from "./SasText";

/** Reads any SAS token and compares it with this device and its keys, or with the hub's policy. Nothing is saved. */
export function SasReadForm({ device, hub }: { device: Device | null; hub: Hub }) {
  const { t } = useTranslation();
  const [token, setToken] = useState<SecretDraft>(KEEP);
  const text = token.change === "set" ? token.value.trim() : "";
  const { answer, error, pending } = useAnswer("sas.decode", text === "" ? null : { token: text, device: device?.id ?? null, hub: hub.id });
  const failure = error === null || pending ? null : errorText(t, error);
  return (
    <>
      <Field label={t("credentials.token")} hint={t(device === null ? "credentials.readHintHub" : "credentials.readHint")}>
        <SecretInput value={token} stored={null} onChange={setToken} />
      </Field>
      {failure !== null && (
        <Note tone="bad" title={failure.sentence}>
          {failure.detail ?? failure.hint}
        </Note>
      )}
      {failure === null && answer !== null && (
        <div className={styles.sunken} aria-live="polite">
          <SasText masked={answer.masked} />
          <div className={styles.sasFacts}>
            <SasFacts decoded={answer} />
          </div>
        </div>
      )}
    </>
  );
}
