import type { Ref } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/components/icon";
import type { HubKind } from "@/contract";
import { Choice } from "./Choice";
import styles from "./FirstRun.module.css";

const PLATFORMS = [
  { kind: "azure_iot_hub", icon: "azure", title: "firstRun.azure", text: "firstRun.azureText" },
  { kind: "thingsboard", icon: "thingsboard", title: "firstRun.thingsBoard", text: "firstRun.thingsBoardText" },
  { kind: "kaa", icon: "kaa", title: "firstRun.kaa", text: "firstRun.kaaText" },
  { kind: "mqtt_broker", icon: "mqtt-broker", title: "firstRun.broker", text: "firstRun.brokerText" },
] as const;

interface PlatformChoiceProps {
  onAdd: (kind: HubKind) => void;
  first: Ref<HTMLButtonElement>;
}

/** The platforms that a hub can be added of. */
export function PlatformChoice({ onAdd, first }: PlatformChoiceProps) {
  const { t } = useTranslation();
  return (
    <Choice icon="server" title={t("firstRun.add")} text={t("firstRun.addText")} keys="2">
      <div className={styles.platforms}>
        {PLATFORMS.map(({ kind, icon, title, text }, index) => (
          <button key={kind} ref={index === 0 ? first : undefined} type="button" className={styles.platform} onClick={() => onAdd(kind)}>
            <span className={styles.platformTitle}>
              <Icon name={icon} size={14} />
              {t(title)}
            </span>
            <span className={styles.platformText}>{t(text)}</span>
          </button>
        ))}
      </div>
    </Choice>
  );
}
