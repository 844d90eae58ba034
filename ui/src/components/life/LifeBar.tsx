import styles from "./LifeBar.module.css";

interface LifeBarProps {
  /** The part that is left, 0 to 1. */
  share: number;
  tone: string;
}

/** How much of a life is left, as a bar. Decorative: whoever shows it also says the number. */
export function LifeBar({ share, tone }: LifeBarProps) {
  return (
    <span className={styles.bar} data-tone={tone} data-over={share === 0 ? "" : undefined}>
      <span className={styles.fill} style={{ width: `${Math.round(share * 1000) / 10}%` }} />
    </span>
  );
}

/** Adds the bar to an element outside React. Returns what draws it. */
export function addLifeBar(into: Element): (share: number, tone: string) => void {
  const bar = into.appendChild(document.createElement("span"));
  const fill = bar.appendChild(document.createElement("span"));
  bar.className = styles.bar ?? "";
  fill.className = styles.fill ?? "";
  return (share, tone) => {
    bar.dataset.tone = tone;
    bar.toggleAttribute("data-over", share === 0);
    fill.style.width = `${Math.round(share * 1000) / 10}%`;
  };
}
