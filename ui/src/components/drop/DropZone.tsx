import type { ReactNode } from "react";
import styles from "./DropZone.module.css";
import { useFileDrop } from "./useFileDrop";

/** Takes files from outside, and shows it while they are over it. */
export function DropZone({ onFiles, children }: { onFiles: (files: File[]) => void; children: ReactNode }) {
  const drop = useFileDrop(onFiles);
  return (
    <div className={styles.zone} data-over={drop.over ? "" : undefined} {...drop.handlers}>
      {children}
    </div>
  );
}
