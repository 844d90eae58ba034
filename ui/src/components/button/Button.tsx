import type { ComponentProps } from "react";
import { cx } from "../cx";
import { Icon } from "../icon/Icon";
import type { IconName } from "../icon/paths";
import { Spinner } from "../icon/Spinner";
import { Tooltip } from "../overlay/Tooltip";
import { Kbd } from "../text/Kbd";
import styles from "./Button.module.css";

export interface ButtonProps extends Omit<ComponentProps<"button">, "disabled"> {
  variant?: "primary" | "default" | "ghost" | "danger" | "danger-solid" | undefined;
  size?: "md" | "sm" | undefined;
  icon?: IconName | undefined;
  /** The key that does the same, shown inside. */
  keys?: string | undefined;
  /** Works on it: shows a spinner and takes no press. */
  busy?: boolean | undefined;
  disabled?: boolean | undefined;
  /** Why it is disabled; keeps it focusable and says so in a tooltip. */
  reason?: string | null | undefined;
  /** Pressed look of a toggle. */
  pressed?: boolean | undefined;
}

/** A button with a word. */
export function Button(props: ButtonProps) {
  const { variant = "default", size = "md", icon, keys, busy, disabled, reason, pressed, children, ...rest } = props;
  const why = reason ?? null;
  const off = disabled === true || why !== null;
  const button = (
    <button
      type="button"
      {...rest}
      className={cx(styles.button, styles[variant], size === "sm" && styles.small, off && styles.off, pressed && styles.pressed, rest.className)}
      disabled={off && why === null}
      aria-disabled={off || busy === true || undefined}
      aria-busy={busy || undefined}
      aria-pressed={pressed}
      onClick={off || busy === true ? (event) => event.preventDefault() : rest.onClick}
    >
      {busy === true ? <Spinner /> : icon !== undefined && <Icon name={icon} size={14} />}
      {children}
      {keys !== undefined && <Kbd keys={keys} />}
    </button>
  );
  return why === null ? button : <Tooltip text={why}>{button}</Tooltip>;
}
