import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../button";
import { FieldContext, useControl } from "../fields/context";
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
  const { id, "aria-labelledby": labelledBy, "aria-describedby": describedBy } = useControl();
  const replace = (place: number, pair: [string, string]) => onChange(value.map((old, index) => (index === place ? pair : old)));
  return (
    <div className={styles.pairs} role="group" id={id} aria-labelledby={labelledBy} aria-describedby={describedBy}>
      {/* Each input has a name of its own: the field's is the group's. */}
      <FieldContext value={null}>
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
      </FieldContext>
    </div>
  );
}
