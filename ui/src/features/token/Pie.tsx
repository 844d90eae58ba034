import styles from "./Token.module.css";

/** What is left, as a slice of a disc. Decorative: the number stands beside it. */
export function Pie({ share }: { share: number }) {
  return (
    <svg className={styles.pie} width="11" height="11" viewBox="0 0 12 12" aria-hidden="true">
      <circle cx="6" cy="6" r="5" className={styles.pieEdge} />
      {/* A stroke as wide as the disc's radius, of which the part that is left is drawn. */}
      <circle cx="6" cy="6" r="2" className={styles.pieSlice} pathLength={100} strokeDasharray={`${share * 100} 100`} transform="rotate(-90 6 6)" />
    </svg>
  );
}
