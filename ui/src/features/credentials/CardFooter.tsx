import { useEffect, useLayoutEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import type { SecretExits } from "@/components/fields";
import { useWelcome } from "@/live";
import { CopyConnectionString } from "./CopyConnectionString";
import styles from "./Credentials.module.css";

interface CardFooterProps {
  exits: SecretExits | null;
  changed: boolean;
  busy: boolean;
  /** Fields that were refused. */
  problems: number;
  /** The device has a connection string that is offered here. */
  connectionString: boolean;
  onSave: () => void;
  onDiscard: () => void;
}

/** Saves or discards what was changed, by Ctrl S too; of what is stored, the whole set can be copied. */
export function CardFooter({ exits, changed, busy, problems, connectionString, onSave, onDiscard }: CardFooterProps) {
  const { t } = useTranslation();
  const { platform: system } = useWelcome();
  const save = useRef(onSave);

  useLayoutEffect(() => {
    save.current = onSave;
  });

  useEffect(() => {
    if (!changed) return undefined;
    function onKeyDown(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
      event.preventDefault();
      save.current();
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [changed]);

  return (
    <>
      {changed ? (
        <Button size="sm" icon="undo" onClick={onDiscard}>
          {t("credentials.discard")}
        </Button>
      ) : (
        <>
          <Button size="sm" icon="copy" onClick={() => exits?.copy({ what: "everything" }, t("credentials.everything"))}>
            {t("credentials.copyAll")}
          </Button>
          {connectionString && exits !== null && <CopyConnectionString exits={exits} />}
        </>
      )}
      <span className={styles.rest} role="status">
        {problems > 0 && t("credentials.problems", { count: problems })}
      </span>
      {changed && (
        <Button size="sm" variant="primary" keys={system === "macos" ? "Cmd S" : "Ctrl S"} busy={busy} onClick={onSave}>
          {t("common.save")}
        </Button>
      )}
    </>
  );
}
