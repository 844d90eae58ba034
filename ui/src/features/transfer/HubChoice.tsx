import { useTranslation } from "react-i18next";
import { Checkbox } from "@/components/fields";
import { VisibleText } from "@/components/text";
import type { Device, Hub, HubId } from "@/contract";
import styles from "./Transfer.module.css";

interface HubChoiceProps {
  hubs: readonly Hub[];
  devices: readonly Device[];
  chosen: ReadonlySet<HubId>;
  onChange: (chosen: ReadonlySet<HubId>) => void;
}

/** Which hubs, each with its devices. */
export function HubChoice({ hubs, devices, chosen, onChange }: HubChoiceProps) {
  const { t } = useTranslation();
  function toggle(hub: HubId, on: boolean) {
    const next = new Set(chosen);
    if (on) next.add(hub);
    else next.delete(hub);
    onChange(next);
  }
  return (
    <ul className={styles.choices} aria-label={t("transfer.hubs")}>
      {hubs.map((hub) => (
        <li key={hub.id} className={styles.choice}>
          <Checkbox checked={chosen.has(hub.id)} onChange={(on) => toggle(hub.id, on)}>
            <VisibleText text={hub.name} />
          </Checkbox>
          <span className={styles.quiet}>{t("transfer.deviceCount", { count: devices.filter((device) => device.hub === hub.id).length })}</span>
        </li>
      ))}
    </ul>
  );
}
