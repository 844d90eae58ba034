import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../button";
import { TextInput } from "../fields/TextInput";
import styles from "./Mqtt.module.css";

interface PairsInputProps {
  /** In the order in which they are sent; a name may come twice. */
  value: readonly [string, string][];
  onChange: (value: [string, string][]) => void;
}

/** User properties: names and values, as many as wanted. */
export function PairsInput({ value, onChange }: PairsInputProps) {
  const { t } = useTranslation();
  const replace = (place: number, pair: [string, string]) => onChange(value.map((old, index) => (index === place ? pair : old)));
  return (
    <div className={styles.pairs}>
      {value.map(([name, text], place) => (
        <div key={place} className={styles.pair}>
          <TextInput aria-label={t("mqtt.pairName", { number: place + 1 })} placeholder={t("mqtt.name")} value={name} onChange={(next) => replace(place, [next, text])} />
          <TextInput aria-label={t("mqtt.pairValue", { number: place + 1 })} placeholder={t("mqtt.value")} value={text} onChange={(next) => replace(place, [name, next])} />
          <IconButton icon="close" size="sm" label={t("mqtt.removePair", { number: place + 1 })} onClick={() => onChange(value.filter((_, index) => index !== place))} />
        </div>
      ))}
      <Button size="sm" icon="plus" onClick={() => onChange([...value, ["", ""]])}>
        {t("mqtt.addPair")}
      </Button>
    </div>
  );
}
