import { useTranslation } from "react-i18next";
import { Note } from "@/components/feedback";
import { visibleString } from "@/components/text";
import { useLiveQuery } from "@/live";

/** Notes that hold for the whole workspace: secrets only in memory, read-only. */
export function WorkspaceBanners() {
  const { t } = useTranslation();
  const { data } = useLiveQuery("workspace.get", {});
  if (data === undefined) return null;
  return (
    <section aria-label={t("workspace.notices")}>
      {data.state.state === "read_only" && (
        <Note banner tone="info" icon="lock" title={t("workspace.readOnly")}>
          {t("workspace.readOnlyText", { holder: visibleString(data.state.holder) })}
        </Note>
      )}
      {data.vault.level === "memory" && (
        <Note banner tone="warn" title={t("app.vaultMemory")}>
          {t("app.vaultMemoryText", { reason: visibleString(data.vault.reason) })}
        </Note>
      )}
    </section>
  );
}
