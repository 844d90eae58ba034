import { useTranslation } from "react-i18next";
import { Chain, Fingerprint, KnownRootNote, nameOf } from "@/components/chain";
import { visibleString } from "@/components/text";
import type { StepEvidence, StepReport } from "@/contract";
import { focusOf } from "./chain";
import styles from "./Diagnose.module.css";

/** The chain as a drawing, the fingerprint to compare, and by what it was judged. */
export function ChainEvidence({ seen, step }: { seen: Extract<StepEvidence, { seen: "chain" }>; step: StepReport }) {
  const { t } = useTranslation();
  const { untrusted, missing, compare } = focusOf(seen, step.cause);
  return (
    <>
      <Chain certificates={seen.certificates} untrusted={untrusted} missing={missing} now={seen.now} />
      {compare !== null && (
        <Fingerprint
          sha256={compare.certificate.sha256}
          about={seen.certificates.length > 1 ? t("chain.fingerprintOf", { name: visibleString(nameOf(compare.certificate)) }) : undefined}
        />
      )}
      {seen.root !== null && <KnownRootNote root={seen.root} />}
      <p className={styles.quiet}>{t(`trust.judgedBy.${seen.trust}`)}</p>
    </>
  );
}
