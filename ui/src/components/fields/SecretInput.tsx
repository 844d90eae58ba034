import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SecretDraft, SecretSummary } from "@/contract";
import { Button } from "../button/Button";
import { IconButton } from "../button/IconButton";
import { cx } from "../cx";
import { useControl } from "./context";
import styles from "./input.module.css";

interface SecretInputProps {
  value: SecretDraft;
  onChange: (value: SecretDraft) => void;
  /** What is stored; null for a new secret. */
  stored: SecretSummary | null;
  /** An absent secret makes sense here. */
  mayClear?: boolean | undefined;
}

/** A secret: a stored one can be kept, replaced or cleared and is never read back; a typed one is masked. */
export function SecretInput({ value, onChange, stored, mayClear }: SecretInputProps) {
  const { t } = useTranslation();
  const has = stored?.set === true;
  if (value.change === "set") return <TypedSecret value={value.value} has={has} onChange={onChange} />;
  if (value.change === "keep" && has) {
    return (
      <>
        <StoredBox text={"•".repeat(8)} side={stored.ends === null ? t("common.secretStored") : t("common.secretEnds", { ends: stored.ends })} />
        <Button onClick={() => onChange({ change: "set", value: "" })}>{t("common.replace")}</Button>
        {mayClear === true && (
          <Button variant="ghost" onClick={() => onChange({ change: "clear" })}>
            {t("common.clear")}
          </Button>
        )}
      </>
    );
  }
  if (value.change === "clear" && has) {
    return (
      <>
        <StoredBox text="" side={t("common.secretWillGo")} />
        <Button onClick={() => onChange({ change: "keep" })}>{t("common.keep")}</Button>
      </>
    );
  }
  return <TypedSecret value="" has={false} onChange={onChange} />;
}

function StoredBox({ text, side }: { text: string; side: string }) {
  const control = useControl();
  return (
    <span className={cx(styles.box, control["aria-invalid"] && styles.invalid)}>
      <output {...control} className={styles.input}>
        {text}
        <span className="offscreen">{side}</span>
      </output>
      <span className={cx(styles.side, styles.mono)} aria-hidden="true">
        {side}
      </span>
    </span>
  );
}

interface TypedSecretProps {
  value: string;
  has: boolean;
  onChange: (value: SecretDraft) => void;
}

function TypedSecret({ value, has, onChange }: TypedSecretProps) {
  const { t } = useTranslation();
  const control = useControl();
  const [shown, setShown] = useState(false);
  return (
    <>
      <span className={cx(styles.box, control["aria-invalid"] && styles.invalid)}>
        <input
          {...control}
          type={shown ? "text" : "password"}
          autoComplete="off"
          spellCheck={false}
          className={cx(styles.input, styles.mono)}
          value={value}
          onChange={(event) => onChange({ change: "set", value: event.target.value })}
          onBlur={() => setShown(false)}
        />
        <IconButton
          icon={shown ? "eye-off" : "eye"}
          label={t(shown ? "common.hideTyped" : "common.showTyped")}
          size="sm"
          className={styles.button}
          pressed={shown}
          // The field keeps the focus: leaving it hides the text again.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => setShown(!shown)}
        />
      </span>
      {has && (
        <Button variant="ghost" onClick={() => onChange({ change: "keep" })}>
          {t("common.keepStored")}
        </Button>
      )}
    </>
  );
}
