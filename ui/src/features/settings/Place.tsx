import type { ReactNode } from "react";
import type { SettingPlace } from "./fields";
import styles from "./SettingsPage.module.css";

/** Marks where a setting stands, so that the page can go to it. */
export function Place({ name, children }: { name: SettingPlace; children: ReactNode }) {
  return <div data-setting={name} className={styles.place}>{children}</div>;
}

/** Brings a setting into sight and puts the focus on its control. */
export function goToSetting(page: HTMLElement, name: SettingPlace): void {
  const place = page.querySelector<HTMLElement>(`[data-setting="${name}"]`);
  place?.scrollIntoView?.({ block: "center" });
  place?.querySelector<HTMLElement>("input:not([type=hidden], [aria-hidden=true]), [role=radio][tabindex='0'], button, [role=switch]")?.focus();
}
