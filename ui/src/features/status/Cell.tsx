import type { ReactNode } from "react";
import { cx } from "@/components/cx";
import { Popover } from "@/components/overlay";
import styles from "./StatusBar.module.css";

interface CellProps {
  title: string;
  tone?: "plain" | "ok" | "warn" | "bad" | undefined;
  /** What stands in the bar. */
  face: ReactNode;
  onOpen?: (() => void) | undefined;
  /** The details. */
  children: ReactNode;
}

/** One cell of the status bar: a button whose popover explains its number. */
export function Cell({ title, tone = "plain", face, onOpen, children }: CellProps) {
  return (
    <Popover
      title={title}
      side="top"
      onOpen={onOpen}
      trigger={
        <button type="button" className={cx(styles.cell, styles[tone])}>
          {face}
        </button>
      }
    >
      {children}
    </Popover>
  );
}

/** A word and its number. */
export function Figure({ word, value }: { word: string; value: string }) {
  return (
    <>
      <span className={styles.word}>{word}</span>
      <span className={styles.number}>{value}</span>
    </>
  );
}

/** Rows of words and numbers inside a popover. */
export function Facts({ facts }: { facts: [string, string][] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(([word, value]) => (
        <div key={word} className={styles.fact}>
          <dt>{word}</dt>
          <dd className={styles.number}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
