import { Radio } from "@base-ui/react/radio";
import { RadioGroup } from "@base-ui/react/radio-group";
import { useTranslation } from "react-i18next";
import styles from "./Session.module.css";

const COLOURS = [1, 2, 3, 4, 5, 6, 7, 8];

/** One of the eight data colours, or the next free one. */
export function ColourPicker({ value, onChange }: { value: number | null; onChange: (value: number | null) => void }) {
  const { t } = useTranslation();
  return (
    <RadioGroup
      className={styles.colours}
      aria-label={t("session.form.colour")}
      value={value ?? 0}
      onValueChange={(next) => onChange(next === 0 ? null : next)}
    >
      <Radio.Root value={0} nativeButton render={<button type="button" />} className={styles.anyColour}>
        {t("session.form.colourAny")}
      </Radio.Root>
      {COLOURS.map((colour) => (
        <Radio.Root
          key={colour}
          value={colour}
          nativeButton
          render={<button type="button" />}
          className={styles.colour}
          aria-label={t("session.form.colourName", { number: colour })}
        >
          <span className={styles.swatch} data-colour={colour} />
        </Radio.Root>
      ))}
    </RadioGroup>
  );
}
