import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Card } from "@/components/card";
import { Field, Segmented } from "@/components/fields";
import { VisibleText } from "@/components/text";
import type { Theme } from "@/contract";
import { useLiveQuery, useSettings, useWelcome } from "@/live";
import styles from "./SettingsPage.module.css";

const THEMES: Theme[] = ["system", "light", "dark"];

/** The settings; `children` are cards that other parts of the page bring. */
export function SettingsPage({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [settings, change] = useSettings();
  const { version, shell } = useWelcome();
  const { data: workspace } = useLiveQuery("workspace.get", {});
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{t("settings.title")}</h1>
      <Card title={t("settings.appearance")}>
        <Field label={t("settings.theme")}>
          <Segmented
            value={settings.theme}
            segments={THEMES.map((value) => ({ value, label: t(`settings.${value}`) }))}
            onChange={(theme) => change((old) => ({ ...old, theme }))}
          />
        </Field>
      </Card>
      {workspace !== undefined && (
        <Card title={t("settings.workspace")}>
          <dl className={styles.facts}>
            <dt>{t("settings.location")}</dt>
            <dd className="mono">
              <VisibleText text={workspace.location} />
            </dd>
          </dl>
        </Card>
      )}
      {children}
      <Card title={t("settings.about")}>
        <dl className={styles.facts}>
          <dt>{t("settings.version")}</dt>
          <dd>{version}</dd>
          <dt>{t("settings.shell")}</dt>
          <dd>{t(`settings.shells.${shell}`)}</dd>
        </dl>
      </Card>
    </div>
  );
}
