import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { spanWord } from "@/components/life";
import type { TokenForm } from "@/contract";
import { formatDate } from "@/i18n";
import { useClock } from "@/live";
import { Disc } from "./Disc";
import styles from "./Token.module.css";

interface EndlessLifeProps {
  form: Extract<TokenForm, { form: "endless" }>;
  onReplace: () => void;
}

/** A credential that does not expire: how old it is, and the way to another. */
export function EndlessLife({ form, onReplace }: EndlessLifeProps) {
  const { t } = useTranslation();
  const { set } = form;
  const age = useClock((now) => (set === null ? null : spanWord(t, Math.max(0, now - set))));
  return (
    <Disc icon="key" title={t("token.endless")} text={set === null || age === null ? t("token.endlessText") : t("token.endlessSince", { date: formatDate(set), age })}>
      <div className={styles.actions}>
        <Button size="sm" onClick={onReplace}>
          {t("token.replace")}
        </Button>
      </div>
    </Disc>
  );
}
