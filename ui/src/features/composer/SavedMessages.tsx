import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "@/components/button";
import { errorText, Note } from "@/components/feedback";
import { TextInput } from "@/components/fields";
import { Icon } from "@/components/icon";
import { Menu } from "@/components/overlay";
import { Kbd, VisibleText, visibleString } from "@/components/text";
import type { SavedMessage } from "@/contract";
import styles from "./Composer.module.css";
import type { Saved } from "./use-saved";

interface SavedMessagesProps {
  saved: Saved;
  /** Why the message as it is cannot be saved. */
  reason: string | null;
  onLoad: (message: SavedMessage) => void;
}

/** Messages to publish again; the first nine have a digit. */
export function SavedMessages({ saved, reason, onLoad }: SavedMessagesProps) {
  const { t } = useTranslation();
  const [name, setName] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const asks = name !== null;

  useEffect(() => {
    if (asks) field.current?.focus();
  }, [asks]);

  function save() {
    if (name === null || name.trim() === "") return;
    saved.add(name.trim(), () => setName(null));
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Escape") setName(null);
    else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) save();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <aside className={styles.saved} aria-label={t("composer.saved.title")}>
      <header className={styles.savedHeader}>
        <h3 className={styles.savedTitle}>{t("composer.saved.title")}</h3>
        <IconButton icon="plus" size="sm" label={reason ?? t("composer.saved.add")} disabled={reason !== null} onClick={() => setName("")} />
      </header>
      {name !== null && (
        // Enter saves, Esc gives up.
        <div className={styles.savedName} role="presentation" onKeyDown={onKeyDown}>
          <TextInput value={name} onChange={setName} ref={field} aria-label={t("composer.saved.name")} placeholder={t("composer.saved.name")} />
          <Button size="sm" reason={name.trim() === "" ? t("composer.saved.nameFirst") : null} onClick={save}>
            {t("common.save")}
          </Button>
        </div>
      )}
      {saved.error !== null && <Note tone="bad">{errorText(t, saved.error).sentence}</Note>}
      {saved.messages.length === 0 && name === null && <p className={styles.savedEmpty}>{t("composer.saved.empty")}</p>}
      <ul className={styles.savedList} aria-label={t("composer.saved.list")}>
        {saved.messages.map((message, at) => (
          <li key={message.id} className={styles.savedItem}>
            <button type="button" className={styles.savedLoad} onClick={() => onLoad(message)}>
              <Icon name="bookmark" size={14} />
              <VisibleText text={message.name} className={styles.savedWords} />
              {at < 9 && <Kbd keys={String(at + 1)} />}
            </button>
            <Menu
              align="end"
              trigger={<IconButton icon="more" size="sm" label={t("composer.saved.more", { name: visibleString(message.name) })} />}
              items={[
                { label: t("composer.saved.replace"), icon: "edit", disabled: reason !== null, onSelect: () => saved.replace(message) },
                { label: t("tree.moveUp"), icon: "arrow-up", disabled: at === 0, onSelect: () => saved.move(at, at - 1) },
                { label: t("tree.moveDown"), icon: "arrow-down", disabled: at === saved.messages.length - 1, onSelect: () => saved.move(at, at + 1) },
                "separator",
                { label: t("common.delete"), icon: "trash", danger: true, onSelect: () => saved.remove(message) },
              ]}
            />
          </li>
        ))}
      </ul>
    </aside>
  );
}
