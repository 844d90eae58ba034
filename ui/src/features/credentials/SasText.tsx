import styles from "./Credentials.module.css";

/** A masked SAS token, its parts told apart: names in the accent, values plain. */
export function SasText({ masked }: { masked: string }) {
  const [scheme = "", ...rest] = masked.split(" ");
  const parts = rest.join(" ").split("&");
  return (
    <code className={styles.sasText}>
      <span className={styles.dim}>{scheme}</span>{" "}
      {parts.map((part, index) => {
        const at = part.indexOf("=") + 1;
        return (
          <span key={index}>
            <span className={styles.sasName}>
              {index > 0 && "&"}
              {part.slice(0, at)}
            </span>
            {part.slice(at)}
          </span>
        );
      })}
    </code>
  );
}
