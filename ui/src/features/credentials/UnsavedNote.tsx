import { useTranslation } from "react-i18next";
import { Note } from "@/components/feedback";
import type { Device } from "@/contract";
import { storedSecret, type DeviceForm } from "./form";
import { secretsOf } from "./methods";

/** What saving would mean, and for whom. */
export function UnsavedNote({ form, device }: { form: DeviceForm; device: Device }) {
  const { t } = useTranslation();
  const replaced = secretsOf(form.method)
    .filter((field) => form.secrets[field]?.change === "set")
    .map((field) => storedSecret(device, field))
    .find((stored) => stored !== null);
  const ends = replaced?.ends ?? null;
  return (
    <Note tone="warn" title={t("credentials.unsaved")}>
      {t(replaced === undefined ? "credentials.unsavedText" : "credentials.unsavedReplaced")}
      {ends !== null && <> {t("credentials.oldEnds", { ends })}</>}
    </Note>
  );
}
