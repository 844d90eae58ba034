import { useEffect, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Card } from "@/components/card";
import { VisibleText } from "@/components/text";
import { useLiveQuery, useWelcome } from "@/live";
import { AppearanceCard } from "./AppearanceCard";
import { BudgetCard } from "./BudgetCard";
import type { SettingPlace } from "./fields";
import { KeyboardCard } from "./KeyboardCard";
import { NotificationsCard } from "./NotificationsCard";
import { goToSetting } from "./Place";
import { ResetButton } from "./ResetButton";
import styles from "./SettingsPage.module.css";
import { TimeCard } from "./TimeCard";

interface SettingsPageProps {
  /** A setting to go to; another object is another wish. */
  field: { name: SettingPlace } | null;
  /** Cards that other parts of the page bring. */
  children: ReactNode;
}

/** The settings. What is changed holds at once, in every window. */
export function SettingsPage({ field, children }: SettingsPageProps) {
  const { t } = useTranslation();
  const { version, shell } = useWelcome();
  const { data: workspace } = useLiveQuery("workspace.get", {});
  const page = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (field !== null && page.current !== null) goToSetting(page.current, field.name);
  }, [field]);

  return (
    <div ref={page} className={styles.page}>
      <h1 className={styles.title}>{t("settings.title")}</h1>
      <AppearanceCard />
      <TimeCard />
      <BudgetCard />
      <NotificationsCard />
      <KeyboardCard />
      {children}
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
      <Card title={t("settings.about")}>
        <dl className={styles.facts}>
          <dt>{t("settings.version")}</dt>
          <dd>{version}</dd>
          <dt>{t("settings.shell")}</dt>
          <dd>{t(`settings.shells.${shell}`)}</dd>
        </dl>
      </Card>
      <ResetButton />
    </div>
  );
}
