import { useTranslation } from "react-i18next";
import { Card } from "@/components/card";
import { Field, Switch } from "@/components/fields";
import type { Notifications } from "@/contract";
import { useSettings, useWelcome } from "@/live";
import { Place } from "./Place";
import styles from "./SettingsPage.module.css";

const EVENTS = ["credential_ends", "session_failed"] as const satisfies (keyof Notifications)[];

/** What is told on the desktop while Hubscope is in the background. */
export function NotificationsCard() {
  const { t } = useTranslation();
  const { shell } = useWelcome();
  const [{ notifications }, change] = useSettings();
  const set = (part: Partial<Notifications>) => change((old) => ({ ...old, notifications: { ...old.notifications, ...part } }));
  return (
    <Card title={t("settings.fields.notifications")}>
      <Place name="notifications">
        <Field label={t("settings.notify.native")} hint={shell === "web" ? t("settings.notify.web") : undefined}>
          <Switch checked={notifications.native} onChange={(native) => set({ native })} />
        </Field>
      </Place>
      {EVENTS.map((event) => (
        <div key={event} className={styles.more}>
          <Field label={t(`settings.notify.${event}`)} hint={t(`settings.notify.hint.${event}`)}>
            <Switch checked={notifications[event]} disabled={!notifications.native} onChange={(on) => set({ [event]: on })} />
          </Field>
        </div>
      ))}
    </Card>
  );
}
