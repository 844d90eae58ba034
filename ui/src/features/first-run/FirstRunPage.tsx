import { useEffect, useRef, useState } from "react";
import { Trans, useTranslation } from "react-i18next";
import { Icon } from "@/components/icon";
import { Kbd } from "@/components/text";
import type { DeviceId, HubKind, PasteAdded } from "@/contract";
import styles from "./FirstRun.module.css";
import { PasteChoice } from "./PasteChoice";
import { PlatformChoice } from "./PlatformChoice";
import { SandboxChoice } from "./SandboxChoice";
import { useSandboxStart } from "./useSandboxStart";

interface FirstRunPageProps {
  /** There are hubs already; the page was asked for. */
  again: boolean;
  /** Grows when the paste box is asked for; 0 while it is not. */
  paste: number;
  addKeys: string;
  confirmKeys: string;
  onOpen: (device: DeviceId) => void;
  onAddHub: (kind: HubKind) => void;
  onAdded: (added: PasteAdded) => void;
}

/** The ways to begin. Keys 1 2 3 choose; a paste anywhere on the page goes into the box. */
export function FirstRunPage({ again, paste, addKeys, confirmKeys, onOpen, onAddHub, onAdded }: FirstRunPageProps) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const start = useSandboxStart(onOpen);
  const platform = useRef<HTMLButtonElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const run = useRef(start.run);

  useEffect(() => {
    run.current = start.run;
  });

  useEffect(() => {
    if (paste > 0) field.current?.focus();
  }, [paste]);

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || takesText(event.target)) return;
      if (event.key === "1") run.current();
      else if (event.key === "2") platform.current?.focus();
      else if (event.key === "3") field.current?.focus();
      else return;
      event.preventDefault();
    }
    function onPaste(event: ClipboardEvent) {
      const pasted = event.clipboardData?.getData("text/plain") ?? "";
      if (takesText(event.target) || pasted.trim() === "") return;
      event.preventDefault();
      setText(pasted);
    }
    document.addEventListener("keydown", onKeyDown);
    document.addEventListener("paste", onPaste);
    return () => {
      document.removeEventListener("keydown", onKeyDown);
      document.removeEventListener("paste", onPaste);
    };
  }, []);

  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{t(again ? "firstRun.titleAgain" : "firstRun.title")}</h1>
      <p className={styles.lead}>
        <Trans i18nKey="firstRun.lead" components={{ plus: <Icon name="plus" size={14} className={styles.inline} />, keys: <Kbd keys={addKeys} /> }} />
      </p>
      <SandboxChoice start={start} />
      <PlatformChoice onAdd={onAddHub} first={platform} />
      <PasteChoice text={text} onText={setText} confirmKeys={confirmKeys} onAdded={onAdded} onByHand={onAddHub} field={field} />
    </div>
  );
}

/** Whether keys and pastes belong to what has the focus: a field, or something inside a dialog or menu. */
function takesText(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, textarea, [contenteditable], [role=dialog], [role=menu]") !== null;
}
