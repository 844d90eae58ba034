import { useTranslation } from "react-i18next";
import { Icon } from "@/components/icon";
import { VisibleText } from "@/components/text";
import type { CertificateEntry, DeviceId, HubId } from "@/contract";
import type { People } from "../list/people";
import styles from "./Detail.module.css";

interface UsersProps {
  entry: CertificateEntry;
  people: People;
  onOpenDevice: (device: DeviceId) => void;
  onOpenHub: (hub: HubId) => void;
}

/** Devices that connect with it, and hubs that know it. */
export function Users({ entry, people, onOpenDevice, onOpenHub }: UsersProps) {
  const { t } = useTranslation();
  const devices = entry.devices.flatMap((id) => people.devices.get(id) ?? []);
  const hubs = entry.hubs.flatMap(({ hub: id, trusts, possession }) => {
    const hub = people.hubs.get(id);
    return hub === undefined ? [] : [{ hub, trusts, possession }];
  });
  if (devices.length === 0 && hubs.length === 0) return null;
  return (
    <section aria-labelledby="certificate-users">
      <h3 className={styles.section} id="certificate-users">
        {t("certificates.usersTitle")}
      </h3>
      <ul className={styles.users}>
        {devices.map((device) => (
          <li key={device.id}>
            <Icon name="plug" size={14} />
            <button type="button" className={styles.link} onClick={() => onOpenDevice(device.id)}>
              <VisibleText text={device.name} />
            </button>
            <span className={styles.quiet}>{t("certificates.deviceOf", { hub: people.hubs.get(device.hub)?.name ?? "" })}</span>
          </li>
        ))}
        {hubs.map(({ hub, trusts, possession }) => (
          <li key={hub.id}>
            <Icon name={possession?.state === "uploaded" ? "warning" : "check"} size={14} className={possession?.state === "uploaded" ? styles.warn : styles.ok} />
            <button type="button" className={styles.link} onClick={() => onOpenHub(hub.id)}>
              <VisibleText text={hub.name} />
            </button>
            <span className={styles.quiet}>
              {[trusts ? t("certificates.trusts") : null, possession === null ? null : t(`certificates.possession.${possession.state}`)].filter((part) => part !== null).join(", ")}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
