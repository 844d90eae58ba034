import { useTranslation } from "react-i18next";
import type { Device } from "@/contract";
import { Note } from "@/components/feedback";
import { Pill } from "@/components/text";
import { useUnverified } from "@/live";

/** The mark beside a device whose server was not checked. */
export function UnverifiedMark({ device }: { device: Device }) {
  const { t } = useTranslation();
  return useUnverified(device.id) ? (
    <Pill tone="bad" icon="shield">
      {t("unverified.name")}
    </Pill>
  ) : null;
}

/** Says in red, above its messages, that the server of a session was not checked. */
export function UnverifiedBanner({ device }: { device: Device }) {
  const { t } = useTranslation();
  return useUnverified(device.id) ? (
    <Note banner tone="bad" icon="shield" title={t("unverified.note")}>
      {t("unverified.noteText")}
    </Note>
  ) : null;
}
