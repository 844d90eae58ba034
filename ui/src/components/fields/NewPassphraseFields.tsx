import { useTranslation } from "react-i18next";
import type { Problem } from "@/contract";
import { cx } from "../cx";
import { Icon } from "../icon/Icon";
import styles from "./Passphrase.module.css";
import { PassphraseInput } from "./PassphraseInput";
import { makePassword } from "./random";
import { longEnough, SHORTEST_PASSPHRASE, type NewPassphrase } from "./passphrase";

interface NewPassphraseFieldsProps {
  value: NewPassphrase;
  problem?: Problem | null | undefined;
  onChange: (value: NewPassphrase) => void;
}

/**
 * A new passphrase, typed twice, with what is still asked of it. One that was made is entered again as well: whoever
 * did not note it would lose what it guards.
 */
export function NewPassphraseFields({ value, problem, onChange }: NewPassphraseFieldsProps) {
  const { t } = useTranslation();
  const { fresh, repeated } = value;
  return (
    <>
      <PassphraseInput
        label={t("common.passphrase.fresh")}
        problem={problem}
        value={fresh}
        generate={makePassword}
        onChange={(next) => onChange({ fresh: next, repeated })}
      />
      <PassphraseInput label={t("common.passphrase.repeated")} value={repeated} onChange={(next) => onChange({ fresh, repeated: next })} />
      <ul className={styles.checks} aria-live="polite">
        <Check met={longEnough(value)} text={t("common.passphrase.long", { count: SHORTEST_PASSPHRASE })} />
        <Check met={fresh !== "" && fresh === repeated} text={t("common.passphrase.same")} />
      </ul>
    </>
  );
}

function Check({ met, text }: { met: boolean; text: string }) {
  const { t } = useTranslation();
  return (
    <li className={cx(styles.check, met && styles.met)}>
      <Icon name={met ? "check" : "dotted"} size={12} />
      {text}
      {!met && <span className="offscreen">{t("common.passphrase.notYet")}</span>}
    </li>
  );
}
