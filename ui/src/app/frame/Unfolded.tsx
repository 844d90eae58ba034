import { useEffect, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "./Frame.module.css";

interface UnfoldedProps {
  onClose: () => void;
  children: ReactNode;
}

/** The side panel over the main part, in a narrow window: Esc and a click beside it close it; the focus goes back. */
export function Unfolded({ onClose, children }: UnfoldedProps) {
  const { t } = useTranslation();
  const panel = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    const opener = document.activeElement;
    const start = panel.current?.querySelector<HTMLElement>("[data-pane-start]") ?? panel.current?.querySelector("button");
    start?.focus();
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);

  return (
    <>
      <button type="button" className={styles.beside} tabIndex={-1} aria-label={t("common.close")} onClick={onClose} />
      {/* Esc closes from wherever the focus is inside; by itself the element knows Esc only when it is modal. */}
      <dialog ref={panel} open aria-label={t("app.devices")} className={styles.unfolded} onKeyDown={(event) => event.key === "Escape" && !event.defaultPrevented && onClose()}>
        {children}
      </dialog>
    </>
  );
}
