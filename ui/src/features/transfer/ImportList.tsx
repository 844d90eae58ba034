import { useTranslation } from "react-i18next";
import { Select } from "@/components/fields";
import { Pill, VisibleText, visibleString } from "@/components/text";
import type { ImportAction, ImportPreview, ImportVerdict, LeftOut } from "@/contract";
import { deviceAction, deviceActions, hubAction, hubActions, presetAction, type Choices } from "./choices";
import styles from "./Transfer.module.css";

const TONES = { new: "ok", same: "neutral", differs: "warn" } as const;
const ICONS = { new: "plus", same: "check", differs: "warning" } as const;

interface ImportListProps {
  preview: ImportPreview;
  choices: Choices;
  onChange: (choices: Choices) => void;
}

/** What the file holds, how it stands to what is here, and what is to be done with it. */
export function ImportList({ preview, choices, onChange }: ImportListProps) {
  const { t } = useTranslation();
  if (preview.hubs.length + preview.presets.length + preview.left_out.length === 0) return <p>{t("transfer.emptyFile")}</p>;
  return (
    <ul className={styles.items} aria-label={t("transfer.contents")}>
      {preview.hubs.map((hub) => (
        <li key={hub.index}>
          <Item
            name={hub.name}
            about={hub.address}
            verdict={hub.verdict}
            differences={hub.differences}
            leftOut={hub.left_out}
            action={hubAction(hub, choices)}
            actions={hubActions(hub.verdict)}
            onChange={(action) => onChange({ ...choices, hubs: { ...choices.hubs, [hub.index]: action } })}
          />
          <ul>
            {hub.devices.map(({ index, name, verdict, differences, secrets, left_out }) => (
              <li key={index} className={styles.inside}>
                <Item
                  name={name}
                  about={secrets === 0 ? null : t("transfer.secretCount", { count: secrets })}
                  verdict={verdict}
                  differences={differences}
                  leftOut={left_out}
                  action={deviceAction(hub, choices, index, verdict)}
                  actions={deviceActions(hub, hubAction(hub, choices), verdict)}
                  onChange={(action) => onChange({ ...choices, devices: { ...choices.devices, [index]: action } })}
                />
              </li>
            ))}
          </ul>
        </li>
      ))}
      {preview.presets.map((preset) => (
        <li key={`preset-${preset.index}`}>
          <Item
            name={preset.name}
            about={t("transfer.preset")}
            verdict={preset.verdict}
            differences={preset.differences}
            action={presetAction(preset, choices)}
            actions={hubActions(preset.verdict)}
            onChange={(action) => onChange({ ...choices, presets: { ...choices.presets, [preset.index]: action } })}
          />
        </li>
      ))}
      {preview.left_out.map(({ what, reason }, at) => (
        <li key={`out-${at}`} className={styles.item}>
          <span className={styles.itemName}>
            <VisibleText text={what} /> <span className={styles.quiet}>{t(`transfer.leftOut.${reason}`)}</span>
          </span>
          <Pill tone="neutral" icon="forbidden">
            {t("transfer.notTaken")}
          </Pill>
        </li>
      ))}
    </ul>
  );
}

interface ItemProps {
  name: string;
  about: string | null;
  verdict: ImportVerdict;
  differences: readonly string[];
  /** What of it is not taken over. */
  leftOut?: readonly LeftOut[] | undefined;
  action: ImportAction;
  actions: readonly ImportAction[];
  onChange: (action: ImportAction) => void;
}

function Item({ name, about, verdict, differences, leftOut = [], action, actions, onChange }: ItemProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.item}>
      <span className={styles.itemName}>
        <VisibleText text={name} /> {about !== null && <VisibleText text={about} className={styles.quiet} />}
        {differences.length > 0 && <span className={styles.differences}>{t("transfer.differences", { fields: differences.map((field) => t(`transfer.fields.${field}` as "transfer.fields.name", { defaultValue: field })).join(", ") })}</span>}
        {leftOut.map(({ what, reason }, at) => (
          <span key={at} className={styles.differences}>
            <VisibleText text={what} className="mono" /> {t(`transfer.leftOut.${reason}`)}
          </span>
        ))}
      </span>
      <Pill tone={TONES[verdict]} icon={ICONS[verdict]}>
        {t(`transfer.verdict.${verdict}`)}
      </Pill>
      <Select
        size="sm"
        aria-label={t("transfer.actionFor", { name: visibleString(name) })}
        value={action}
        options={actions.map((value) => ({ value, label: t(`transfer.action.${value}`) }))}
        onChange={onChange}
      />
    </div>
  );
}
