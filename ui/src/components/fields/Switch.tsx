import { Switch as Base } from "@base-ui/react/switch";
import { useControl } from "./context";
import styles from "./Switch.module.css";

interface SwitchProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean | undefined;
  "aria-label"?: string | undefined;
}

/** On or off, at once. */
export function Switch({ checked, onChange, disabled, ...rest }: SwitchProps) {
  const control = useControl();
  return (
    <Base.Root {...control} {...rest} className={styles.switch} checked={checked} disabled={disabled === true} onCheckedChange={(next) => onChange(next)}>
      <Base.Thumb className={styles.thumb} />
    </Base.Root>
  );
}
