import { useTranslation } from "react-i18next";
import { useActions, useKeys } from "@/components/actions";
import { Button } from "@/components/button";
import type { SecretExits } from "@/components/fields";
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
  const keys = useKeys();
  useActions([{ id: "saveCredentials", enabled: changed, run: onSave }]);

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
        <Button size="sm" variant="primary" keys={keys.name("saveCredentials")} busy={busy} onClick={onSave}>
          {t("common.save")}
        </Button>
      )}
    </>
  );
}
