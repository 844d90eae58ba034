import { Dialog as Base } from "@base-ui/react/dialog";
import { useRef, type KeyboardEvent, type ReactNode, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../button/IconButton";
import { cx } from "../cx";
import { Icon } from "../icon/Icon";
import type { IconName } from "../icon/paths";
import styles from "./Dialog.module.css";

/** What of a field takes the focus. */
const CONTROLS = "input:not([type=hidden], [aria-hidden=true]), textarea, [role=radio][tabindex='0'], button, [role=switch]";

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  icon?: IconName | undefined;
  /** A final, destructive question. */
  danger?: boolean | undefined;
  /** `full` is a workplace of its own: as large as the window allows, and its size does not follow what is inside. */
  width?: "narrow" | "wide" | "full" | undefined;
  /** Beside the title: what it is about, and what can be done with all of it. */
  header?: ReactNode;
  /** What Ctrl Enter (Cmd Enter) does, wherever the focus is inside. */
  onConfirm?: (() => void) | undefined;
  /** Where the focus starts; the first field by itself. */
  initialFocus?: RefObject<HTMLElement | null> | undefined;
  /** The `place` of the field in which the focus starts. */
  startAt?: string | undefined;
  footer: ReactNode;
  children: ReactNode;
}

/** A modal dialog: Esc closes, focus returns to where it came from. */
export function Dialog(props: DialogProps) {
  const { open, onClose, title, icon, danger, width = "narrow", header, onConfirm, initialFocus, startAt, footer, children } = props;
  const { t } = useTranslation();
  const body = useRef<HTMLDivElement>(null);
  const firstField = () => placed() ?? body.current?.querySelector<HTMLElement>("input, textarea, button") ?? true;
  function placed() {
    const place = startAt === undefined ? null : body.current?.querySelector<HTMLElement>(`[data-place="${startAt}"]`);
    place?.scrollIntoView?.({ block: "center" });
    return place?.querySelector<HTMLElement>(CONTROLS);
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && onConfirm !== undefined) {
      event.preventDefault();
      onConfirm();
    }
  }
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()} disablePointerDismissal>
      <Base.Portal>
        <Base.Backdrop className={styles.scrim} />
        <Base.Popup data-modal="" className={cx(styles.popup, width !== "narrow" && styles[width])} onKeyDown={onKeyDown} initialFocus={initialFocus ?? firstField}>
          <header className={styles.header}>
            {icon !== undefined && <Icon name={icon} className={cx(styles.icon, danger && styles.danger)} />}
            <Base.Title className={cx(styles.title, header !== undefined && styles.short)}>{title}</Base.Title>
            {header}
            <Base.Close render={<IconButton icon="close" label={t("common.close")} keys="Esc" size="sm" />} />
          </header>
          <div ref={body} className={cx(styles.body, width === "full" && styles.bare)}>{children}</div>
          <footer className={styles.footer}>{footer}</footer>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
