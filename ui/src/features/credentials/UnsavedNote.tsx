import { useTranslation } from "react-i18next";
import { Note } from "@/components/feedback";
import { visibleString } from "@/components/text";
import type { Device } from "@/contract";
import { storedSecret, type DeviceForm } from "./form";
import { secretsOf } from "./methods";

/** What saving would mean, and for whom. */
export function UnsavedNote({ form, device }: { form: DeviceForm; device: Device }) {
  const { t } = useTranslation();
  const replaced = secretsOf(form.method).filter((field) => form.secrets[field]?.change === "set" && storedSecret(device, field) !== null);
  const ends = replaced.map((field) => storedSecret(device, field)?.ends ?? null).find((end) => end !== null) ?? null;
  const words = { name: visibleString(device.name), secrets: replaced.map((field) => t(`credentials.secret.${field}`)).join(", ") };
  return (
    <Note tone="warn" title={t("credentials.unsaved")}>
      {replaced.length === 0 ? t("credentials.unsavedText") : t("credentials.unsavedReplaced", words)}
      {ends !== null && <> {t("credentials.oldEnds", { ends })}</>}
    </Note>
  );
}
