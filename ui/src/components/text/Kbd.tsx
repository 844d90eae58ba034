import styles from "./Kbd.module.css";

/** Keys as printed on them: "Ctrl Enter". `keys` is not translated. */
export function Kbd({ keys }: { keys: string }) {
  return <kbd className={styles.kbd}>{keys}</kbd>;
}
