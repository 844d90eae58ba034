import { useTranslation } from "react-i18next";
import { Icon } from "@/components/icon";
import { VisibleText } from "@/components/text";
import type { WorkspaceInfo, WorkspaceState } from "@/contract";
import styles from "./WorkspaceTrouble.module.css";

export type TroubledState = Extract<WorkspaceState, { state: "newer" | "damaged" | "unusable" }>;

/** The state if the workspace cannot be used at all. */
export function troubleOf({ state }: WorkspaceInfo): TroubledState | null {
  return state.state === "ready" || state.state === "read_only" ? null : state;
}

/** In place of everything else while there is no workspace: what is wrong, where, and what to do. */
export function WorkspaceTrouble({ trouble, location }: { trouble: TroubledState; location: string }) {
  const { t } = useTranslation();
  return (
    <div className={styles.page} role="alert">
      <Icon name="database" size={20} className={styles.icon} />
      <h1 className={styles.title}>{t(`workspace.${trouble.state}`)}</h1>
      <p className={styles.text}>
        {trouble.state === "newer"
          ? t("workspace.newerText", { found: trouble.found, known: trouble.known })
          : t(`workspace.${trouble.state}Text`)}
      </p>
      <dl className={styles.facts}>
        <dt>{t("workspace.folder")}</dt>
        <dd className="mono">
          <VisibleText text={location} />
        </dd>
        {trouble.state !== "newer" && (
          <>
            <dt>{t("workspace.said")}</dt>
            <dd className="mono">
              <VisibleText text={trouble.detail} />
            </dd>
          </>
        )}
      </dl>
    </div>
  );
}
