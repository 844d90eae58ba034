import { useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SecretDraft } from "@/contract";
import { IconButton } from "../button/IconButton";
import { cx } from "../cx";
import { useControl } from "./context";
import styles from "./input.module.css";
import { useRevealed } from "./useRevealed";

interface SecretInputProps {
  value: SecretDraft;
  onChange: (value: SecretDraft) => void;
  /** What is stored, by its end; null when nothing is. */
  stored: { ends: string | null } | null;
  /** An absent secret makes sense here. */
  mayClear?: boolean | undefined;
  /** Makes a new secret. */
  generate?: (() => string) | undefined;
  /** Characters the hub takes at most; counted while it is typed. */
  longest?: number | undefined;
  /** Gets the stored secret to be seen; null when it could not be had. */
  reveal?: (() => Promise<string | null>) | undefined;
  /** Copies the stored secret. */
  copy?: (() => void) | undefined;
}

const NOTHING = () => Promise.resolve(null);

/**
 * A secret: a stored one stays until another is typed or made, and can be seen for 30 s where the shell allows; a
 * typed one is masked until it is asked for.
 */
export function SecretInput({ value, onChange, stored, mayClear, generate, longest, reveal, copy }: SecretInputProps) {
  const { t } = useTranslation();
  const control = useControl();
  const side = useId();
  const input = useRef<HTMLInputElement>(null);
  const [shown, setShown] = useState(false);
  const revealed = useRevealed(reveal ?? NOTHING);
  const typed = value.change === "set" ? value.value : "";
  const has = stored !== null;
  const keeps = has && value.change !== "clear" && typed === "";
  const inSight = revealed.text !== null || (shown && !keeps);

  function type(text: string) {
    // Nothing typed over a stored secret leaves it as it is.
    onChange(text === "" && has ? { change: "keep" } : { change: "set", value: text });
  }

  function make(text: string) {
    revealed.hide();
    onChange({ change: "set", value: text });
    setShown(true);
    input.current?.focus();
  }

  const words = () => {
    if (revealed.text !== null) return t("common.hidesIn", { count: revealed.secondsLeft });
    if (value.change === "clear" && has) return t("common.secretWillGo");
    if (keeps) return stored.ends === null ? t("common.secretStored") : t("common.secretEnds", { ends: stored.ends });
    return longest === undefined || typed === "" ? "" : t("common.ofLongest", { count: typed.length, longest });
  };

  return (
    <span
      className={cx(styles.box, control["aria-invalid"] && styles.invalid)}
      onBlur={(event) => {
        if (event.currentTarget.contains(event.relatedTarget)) return;
        revealed.hide();
        setShown(false);
      }}
    >
      <input
        {...control}
        ref={input}
        aria-describedby={[control["aria-describedby"], side].filter(Boolean).join(" ")}
        type={inSight ? "text" : "password"}
        autoComplete="off"
        spellCheck={false}
        className={cx(styles.input, styles.mono)}
        placeholder={keeps ? "•".repeat(5) : undefined}
        readOnly={revealed.text !== null}
        value={revealed.text ?? typed}
        onChange={(event) => type(event.target.value)}
      />
      <span id={side} className={cx(styles.side, keeps && styles.mono)}>
        {words()}
      </span>
      <span className={styles.buttons}>
        {keeps && reveal !== undefined && (
          <SecretButton
            icon={revealed.text === null ? "eye" : "eye-off"}
            label={t(revealed.text === null ? "common.reveal" : "common.hide")}
            onClick={revealed.text === null ? revealed.show : revealed.hide}
          />
        )}
        {typed !== "" && <SecretButton icon={shown ? "eye-off" : "eye"} label={t(shown ? "common.hideTyped" : "common.showTyped")} onClick={() => setShown(!shown)} />}
        {keeps && copy !== undefined && <SecretButton icon="copy" label={t("common.copy")} onClick={copy} />}
        {has && value.change === "clear" && <SecretButton icon="undo" label={t("common.keepStored")} onClick={() => onChange({ change: "keep" })} />}
        {keeps && mayClear === true && <SecretButton icon="trash" label={t("common.clear")} onClick={() => onChange({ change: "clear" })} />}
        {generate !== undefined && <SecretButton icon="dice" label={t("common.generate")} onClick={() => make(generate())} />}
      </span>
    </span>
  );
}

interface SecretButtonProps {
  icon: "eye" | "eye-off" | "copy" | "undo" | "trash" | "dice";
  label: string;
  onClick: () => void;
}

/** The field keeps the focus: leaving it hides the text again. */
function SecretButton({ icon, label, onClick }: SecretButtonProps) {
  return <IconButton icon={icon} label={label} size="sm" onMouseDown={(event) => event.preventDefault()} onClick={onClick} />;
}
