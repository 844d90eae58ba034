import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { Field } from "@/components/fields";
import styles from "./Forms.module.css";
import type { PartProps } from "./parts";

/** Further headers of a WebSocket's request. They may be credentials: stored ones are not shown again. */
export function HeadersField({ form, problems, onChange }: PartProps) {
  const { t } = useTranslation();
  const draft = form.secrets.headers ?? { change: "keep" };
  const stored = form.storedSecrets.some((secret) => secret.field === "headers");
  const set = (headers: typeof draft) => onChange({ secrets: { ...form.secrets, headers } });
  const goes = draft.change === "clear" && stored;
  return (
    <Field
      label={t("connection.headers")}
      problem={problems.get("secrets.headers") ?? null}
      hint={goes ? t("connection.headersGo") : stored ? t("connection.headersStored") : t("connection.headersHint")}
      optional
    >
      <textarea
        className={styles.headers}
        aria-label={t("connection.headers")}
        aria-invalid={problems.has("secrets.headers") || undefined}
        placeholder={stored && !goes ? "•".repeat(5) : t("connection.headersExample")}
        rows={2}
        spellCheck={false}
        autoComplete="off"
        value={draft.change === "set" ? draft.value : ""}
        onChange={(event) => set(event.target.value === "" ? { change: "keep" } : { change: "set", value: event.target.value })}
      />
      {stored && (
        <Button size="sm" variant="ghost" onClick={() => set({ change: goes ? "keep" : "clear" })}>
          {t(goes ? "connection.keepHeaders" : "connection.removeHeaders")}
        </Button>
      )}
    </Field>
  );
}
