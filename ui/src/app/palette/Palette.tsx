import { Dialog as Base } from "@base-ui/react/dialog";
import { useId, useMemo, useRef, useState, type Dispatch, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { useActions, useKeys } from "@/components/actions";
import { Icon } from "@/components/icon";
import { Kbd } from "@/components/text";
import type { Move } from "../navigation";
import { findEntries, type Entry } from "./entries";
import styles from "./Palette.module.css";
import { PaletteRow } from "./PaletteRow";
import { useEntries } from "./useEntries";
import type { Recent } from "./useRecent";

interface PaletteProps {
  /** Null: this window shows one thing, and everything else opens in another one. */
  go: Dispatch<Move> | null;
  recent: Recent;
}

/** The field at the top right of every screen; it opens the command palette, as Ctrl K does. */
export function Palette({ go, recent }: PaletteProps) {
  const { t } = useTranslation();
  const keys = useKeys();
  const collect = useEntries(go);
  const [entries, setEntries] = useState<Entry[] | null>(null);
  const opener = useRef<Element | null>(null);
  const chosen = useRef(false);

  function open() {
    opener.current = document.activeElement;
    chosen.current = false;
    setEntries(collect());
  }

  function choose(entry: Entry) {
    chosen.current = true;
    setEntries(null);
    recent.remember(entry.id);
    // The action finds the focus where it was, and may move it on.
    if (opener.current instanceof HTMLElement) opener.current.focus();
    entry.run();
  }

  useActions([{ id: "openPalette", run: () => (entries === null ? open() : setEntries(null)) }]);

  return (
    <>
      <button type="button" className={styles.field} aria-haspopup="dialog" aria-keyshortcuts={keys.aria("openPalette")} onClick={open}>
        <Icon name="search" size={14} />
        <span className={styles.hint}>{t("palette.field")}</span>
        <Kbd keys={keys.name("openPalette") ?? ""} />
      </button>
      <Base.Root open={entries !== null} onOpenChange={(next) => !next && setEntries(null)}>
        <Base.Portal>
          <Base.Backdrop className={styles.scrim} />
          <Base.Popup data-palette="" className={styles.popup} aria-label={t("palette.name")} finalFocus={() => !chosen.current}>
            {entries !== null && <PaletteList entries={entries} recent={recent.recent} onChoose={choose} />}
          </Base.Popup>
        </Base.Portal>
      </Base.Root>
    </>
  );
}

interface PaletteListProps {
  entries: readonly Entry[];
  recent: readonly string[];
  onChoose: (entry: Entry) => void;
}

function PaletteList({ entries, recent, onChoose }: PaletteListProps) {
  const { t } = useTranslation();
  const id = useId();
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const found = useMemo(() => findEntries(query, entries, recent), [query, entries, recent]);
  const place = Math.min(active, found.length - 1);

  function onKeyDown(event: KeyboardEvent) {
    const last = found.length - 1;
    const to = { ArrowDown: place === last ? 0 : place + 1, ArrowUp: place <= 0 ? last : place - 1, PageDown: Math.min(last, place + 10), PageUp: Math.max(0, place - 10) }[event.key];
    const entry = found[place];
    if (to !== undefined) setActive(to);
    else if (event.key === "Enter" && entry !== undefined && !event.nativeEvent.isComposing) onChoose(entry);
    else return;
    event.preventDefault();
  }

  return (
    <>
      <div className={styles.query}>
        <Icon name="search" size={16} />
        <input
          className={styles.input}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
          role="combobox"
          aria-expanded
          aria-controls={`${id}-list`}
          aria-activedescendant={found.length > 0 ? `${id}-${place}` : undefined}
          aria-autocomplete="list"
          aria-label={t("palette.name")}
          placeholder={t("palette.placeholder")}
          autoComplete="off"
          spellCheck={false}
        />
      </div>
      {found.length === 0 ? (
        <p className={styles.none} role="status">
          {t("palette.nothing")}
        </p>
      ) : (
        <ul className={styles.list} id={`${id}-list`} role="listbox" aria-label={t("palette.results")}>
          {found.map((entry, index) => (
            <PaletteRow key={entry.id} id={`${id}-${index}`} entry={entry} active={index === place} onChoose={() => onChoose(entry)} onPoint={() => setActive(index)} />
          ))}
        </ul>
      )}
      <p className={styles.help}>{t("palette.help")}</p>
    </>
  );
}
