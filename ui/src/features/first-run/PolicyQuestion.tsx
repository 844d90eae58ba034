import { useTranslation } from "react-i18next";
import { Note } from "@/components/feedback";
import { Segmented } from "@/components/fields";
import { visibleString } from "@/components/text";
import type { PolicyChoice, PolicyHere } from "@/contract";
import styles from "./FirstRun.module.css";

interface PolicyQuestionProps {
  here: PolicyHere;
  /** Null until the user has decided. */
  value: PolicyChoice | null;
  onChange: (choice: PolicyChoice) => void;
}

/** The pasted policy would take the place of the one that a hub here has: which is to stay is the user's to say. */
export function PolicyQuestion({ here, value, onChange }: PolicyQuestionProps) {
  const { t } = useTranslation();
  const name = visibleString(here.name);
  const policy = visibleString(here.policy ?? t("firstRun.policyUnnamed"));
  const ends = here.key?.ends ?? null;
  return (
    <div className={styles.question}>
      <Note tone="warn" title={t("firstRun.policyHere", { name })}>
        {ends === null ? t("firstRun.policyHereText", { policy }) : t("firstRun.policyHereEnds", { policy, ends })}
      </Note>
      <Segmented<PolicyChoice | "undecided">
        size="sm"
        aria-label={t("firstRun.policyHere", { name })}
        value={value ?? "undecided"}
        segments={[
          { value: "keep", label: t("firstRun.policyKeep") },
          { value: "replace", label: t("firstRun.policyReplace") },
        ]}
        onChange={(choice) => choice !== "undecided" && onChange(choice)}
      />
    </div>
  );
}
