import { useTranslation } from "react-i18next";
import { Note } from "@/components/feedback";
import { visibleString } from "@/components/text";
import { useLiveQuery } from "@/live";

/** What holds for the whole workspace: another program writes it. */
export function WorkspaceBanners() {
  const { t } = useTranslation();
  const { data } = useLiveQuery("workspace.get", {});
  if (data?.state.state !== "read_only") return null;
  return (
    <section aria-label={t("workspace.notices")}>
      <Note banner tone="info" icon="lock" title={t("workspace.readOnly")}>
        {t("workspace.readOnlyText", { holder: visibleString(data.state.holder) })}
      </Note>
    </section>
  );
}
