import type { ComponentProps } from "react";
import { cx } from "../cx";
import { Icon } from "../icon/Icon";
import type { IconName } from "../icon/paths";
import { Spinner } from "../icon/Spinner";
import { Tooltip } from "../overlay/Tooltip";
import styles from "./IconButton.module.css";

export interface IconButtonProps extends Omit<ComponentProps<"button">, "children" | "disabled"> {
  icon: IconName;
  /** Its name and tooltip. */
  label: string;
  keys?: string | undefined;
  size?: "md" | "sm" | undefined;
  busy?: boolean | undefined;
  disabled?: boolean | undefined;
  pressed?: boolean | undefined;
}

/** A button that shows only an icon; its name is in the tooltip, on focus too. */
export function IconButton({ icon, label, keys, size = "md", busy, disabled, pressed, ...rest }: IconButtonProps) {
  const off = disabled === true || busy === true;
  return (
    <Tooltip text={label} keys={keys}>
      <button
        type="button"
        {...rest}
        className={cx(styles.button, size === "sm" && styles.small, pressed && styles.pressed, disabled && styles.off, rest.className)}
        aria-label={label}
        aria-disabled={off || undefined}
        aria-busy={busy || undefined}
        aria-pressed={pressed}
        onClick={off ? (event) => event.preventDefault() : rest.onClick}
      >
        {busy === true ? <Spinner /> : <Icon name={icon} size={size === "sm" ? 14 : 16} />}
      </button>
    </Tooltip>
  );
}
