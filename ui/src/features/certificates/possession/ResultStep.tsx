import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { Note } from "@/components/feedback";
import { Field, Select } from "@/components/fields";
import type { StepProps } from "./Wizard";
import styles from "./Wizard.module.css";

type Answer = "verified" | "expired" | "other" | "etag" | "unreachable";
const ANSWERS: Answer[] = ["verified", "expired", "other", "etag", "unreachable"];

/** What the hub says: the user's word, and what to do when it says no. */
export function ResultStep({ hub, proof, onVerified }: StepProps & { onVerified: () => void }) {
  const { t } = useTranslation();
  const [answer, setAnswer] = useState<Answer>("verified");
  return (
    <>
      <div className={styles.body}>
        <p>{t("possession.resultText")}</p>
        <Field label={t("possession.hubSays")}>
          <Select value={answer} onChange={setAnswer} options={ANSWERS.map((each) => ({ value: each, label: t(`possession.answer.${each}`) }))} />
        </Field>
        <Note tone={answer === "verified" ? "info" : "warn"}>{answer === "verified" && hub === null ? t("possession.fix.noHub") : t(`possession.fix.${answer}`)}</Note>
      </div>
      <footer className={styles.footer}>
        <span className={styles.rest}>{t("possession.resultRest")}</span>
        <Button onClick={() => proof.change({ step: 3 })}>{t("possession.backStep")}</Button>
        {answer === "expired" || answer === "other" ? (
          <Button variant="primary" onClick={() => proof.change({ step: 3, code: "", proof: null })}>
            {t("possession.newCode")}
          </Button>
        ) : (
          <Button variant="primary" reason={answer === "verified" ? null : t("possession.onlyVerified")} onClick={onVerified}>
            {t("possession.noteVerified")}
          </Button>
        )}
      </footer>
    </>
  );
}
