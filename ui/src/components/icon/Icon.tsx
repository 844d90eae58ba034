import { cx } from "../cx";
import styles from "./Icon.module.css";
import { ICON_PATHS, type IconName } from "./paths";

interface IconProps {
  name: IconName;
  /** 16 by itself, 14 in buttons, 20 in the rail. */
  size?: number | undefined;
  className?: string | undefined;
}

/** A decorative icon: whoever shows it also carries the word. */
export function Icon({ name, size = 16, className }: IconProps) {
  return (
    <svg className={cx(styles.icon, className)} width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      <path d={ICON_PATHS[name]} />
    </svg>
  );
}
