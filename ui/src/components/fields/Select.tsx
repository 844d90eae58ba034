import { Select as Base } from "@base-ui/react/select";
import { cx } from "../cx";
import { Icon } from "../icon/Icon";
import popup from "../overlay/popup.module.css";
import { useControl } from "./context";
import styles from "./Select.module.css";

export interface Option<T extends string> {
  value: T;
  label: string;
}

interface SelectProps<T extends string> {
  value: T;
  onChange: (value: T) => void;
  options: readonly Option<T>[];
  size?: "md" | "sm" | undefined;
  "aria-label"?: string | undefined;
}

/** One of a few, from a list. */
export function Select<T extends string>({ value, onChange, options, size = "md", ...rest }: SelectProps<T>) {
  const control = useControl();
  return (
    <Base.Root items={options} value={value} onValueChange={(next) => next !== null && onChange(next)}>
      <Base.Trigger {...control} {...rest} className={cx(styles.trigger, size === "sm" && styles.small)}>
        <Base.Value />
        <Base.Icon className={styles.icon}>
          <Icon name="chevron-down" size={14} />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner className={popup.positioner} sideOffset={4} alignItemWithTrigger={false}>
          <Base.Popup className={cx(popup.popup, styles.popup)}>
            <Base.List>
              {options.map((option) => (
                <Base.Item key={option.value} value={option.value} className={cx(popup.choice, styles.item)}>
                  <Base.ItemText>{option.label}</Base.ItemText>
                  <Base.ItemIndicator className={styles.check}>
                    <Icon name="check" size={14} />
                  </Base.ItemIndicator>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
