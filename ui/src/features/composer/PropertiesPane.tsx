import { useTranslation } from "react-i18next";
import { MessagePropertiesFields } from "@/components/mqtt";
import type { MessageProperties } from "@/contract";
import styles from "./Composer.module.css";

interface PropertiesPaneProps {
  value: MessageProperties;
  /** The session names topics by aliases. */
  aliases: boolean;
  onChange: (part: Partial<MessageProperties>) => void;
}

/** What MQTT 5 lets the message say of itself. */
export function PropertiesPane({ value, aliases, onChange }: PropertiesPaneProps) {
  const { t } = useTranslation();
  return (
    <section className={styles.properties} aria-label={t("mqtt.properties")}>
      <MessagePropertiesFields value={value} onChange={onChange} problem={(field) => problemOf(value, field)} />
      <p className={styles.label}>{t(aliases ? "composer.aliasesOn" : "composer.aliasesOff")}</p>
    </section>
  );
}

/** Only what cannot be sent at all; the rest is judged by the engine. */
function problemOf(value: MessageProperties, field: keyof MessageProperties) {
  return field === "message_expiry" && Number.isNaN(value.message_expiry) ? "out_of_range" : null;
}
