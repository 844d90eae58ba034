import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../button/Button";
import { Note } from "../feedback/Note";

/** Puts what was kept of an unfinished form into it, once; answers whether something was. */
export function useRestored<T>(kept: T | null | undefined, restore: (kept: T) => void): boolean {
  const latest = useRef(restore);
  const done = useRef(false);
  useEffect(() => {
    latest.current = restore;
  });
  useEffect(() => {
    if (kept === undefined || done.current) return;
    done.current = true;
    if (kept !== null) latest.current(kept);
  }, [kept]);
  return kept !== undefined && kept !== null;
}

/** Says that a form goes on where it was left, and what is missing of it. */
export function RestoredNote({ onReset }: { onReset: () => void }) {
  const { t } = useTranslation();
  const [gone, setGone] = useState(false);
  if (gone) return null;
  return (
    <Note
      tone="info"
      icon="clock"
      title={t("common.restored")}
      action={
        <Button
          size="sm"
          onClick={() => {
            setGone(true);
            onReset();
          }}
        >
          {t("common.startAnew")}
        </Button>
      }
    >
      {t("common.restoredText")}
    </Note>
  );
}
