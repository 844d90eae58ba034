import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "@/components/button";
import { cx } from "@/components/cx";
import { errorText } from "@/components/feedback";
import { Icon } from "@/components/icon";
import { Popover } from "@/components/overlay";
import { visibleString } from "@/components/text";
import { useToasts } from "@/components/toast";
import type { CertificateEntry, Hub, PossessionState, Tree } from "@/contract";
import { usePlatform } from "@/platform";
import { wantsProof } from "../detail/proves";
import { ChooseStep } from "./ChooseStep";
import { ResultStep } from "./ResultStep";
import { SignStep } from "./SignStep";
import { UploadStep } from "./UploadStep";
import { useProof, type ProofStep } from "./useProof";
import styles from "./Wizard.module.css";

const STEPS = [1, 2, 3, 4] as const;

export interface StepProps {
  authority: CertificateEntry;
  /** The hub that is to trust the CA, when it is in the workspace. */
  hub: Hub | null;
  proof: ReturnType<typeof useProof>;
  confirmKeys: string;
}

interface WizardProps {
  authority: CertificateEntry;
  authorities: readonly CertificateEntry[];
  tree: Tree;
  confirmKeys: string;
  onAuthority: (sha256: string) => void;
  onClose: () => void;
}

/** Four steps that show a hub that a CA's key is here. Leaving keeps what was done. */
export function Wizard({ authority, authorities, tree, confirmKeys, onAuthority, onClose }: WizardProps) {
  const { t } = useTranslation();
  const platform = usePlatform();
  const toasts = useToasts();
  const { sha256 } = authority.certificate;
  const proof = useProof(sha256);
  const { draft, change } = proof;
  const section = useRef<HTMLElement>(null);
  const hubs = tree.hubs.filter(({ kind }) => wantsProof(kind));
  const hub = hubs.find(({ id }) => id === draft.hub) ?? null;
  const step = { authority, hub, proof, confirmKeys };

  useEffect(() => {
    // One that is open already must not take the focus from the list when its CA is gone to.
    if (document.activeElement?.closest("[role=treegrid]") !== null) return;
    section.current?.scrollIntoView({ block: "nearest" });
    section.current?.focus({ preventScroll: true });
  }, []);

  /** Notes how far it is at the hub: the user's word, since Hubscope does not ask Azure's management API. */
  async function mark(state: PossessionState): Promise<boolean> {
    if (hub === null) return true;
    try {
      await platform.call("possession.mark", { authority: sha256, hub: hub.id, state });
      return true;
    } catch (thrown) {
      const { sentence, hint } = errorText(t, thrown);
      toasts.show({ tone: "bad", title: t("possession.notNoted"), text: hint === null ? sentence : `${sentence} ${hint}` });
      return false;
    }
  }

  async function uploaded() {
    // A hub that is verified already stays so.
    const known = authority.hubs.find((each) => each.hub === hub?.id)?.possession?.state;
    if (known === "verified" || (await mark("uploaded"))) change({ step: 3 });
  }

  async function verified() {
    if (!(await mark("verified"))) return;
    toasts.show({ tone: "ok", title: t("possession.done"), text: hub === null ? undefined : visibleString(hub.name) });
    proof.forget();
    onClose();
  }

  return (
    <section ref={section} tabIndex={-1} className={styles.wizard} aria-labelledby="possession-title">
      <header className={styles.header}>
        <h3 className={styles.title} id="possession-title">
          {hub === null ? t("possession.title") : t("possession.titleHub", { hub: visibleString(hub.name) })}
        </h3>
        <Popover
          title={t("possession.whatTitle")}
          trigger={
            <button type="button" className={styles.what}>
              {t("possession.what")}
            </button>
          }
        >
          <p className={styles.explained}>{t("possession.whatText")}</p>
        </Popover>
        <IconButton icon="close" size="sm" label={t("possession.leave")} onClick={onClose} />
      </header>
      <Progress step={draft.step} onStep={(next) => change({ step: next })} />
      {proof.ready && draft.step === 1 && <ChooseStep {...step} hubs={hubs} authorities={authorities} onAuthority={onAuthority} />}
      {draft.step === 2 && <UploadStep {...step} onUploaded={() => void uploaded()} />}
      {draft.step === 3 && <SignStep {...step} />}
      {draft.step === 4 && <ResultStep {...step} onVerified={() => void verified()} />}
    </section>
  );
}

/** The four steps; those that were done can be gone back to. */
function Progress({ step, onStep }: { step: ProofStep; onStep: (step: ProofStep) => void }) {
  const { t } = useTranslation();
  return (
    <ol className={styles.steps} aria-label={t("possession.steps")}>
      {STEPS.map((each) => {
        const done = each < step;
        const label = (
          <>
            <span className={cx(styles.number, done && styles.done, each === step && styles.now)}>{done ? <Icon name="check" size={12} /> : each}</span>
            {t(`possession.step.${each}`)}
            {done && <span className="offscreen">{t("possession.stepDone")}</span>}
          </>
        );
        return (
          <li key={each} aria-current={each === step ? "step" : undefined} className={cx(styles.step, each === step && styles.current)}>
            {done ? (
              <button type="button" className={styles.back} onClick={() => onStep(each)}>
                {label}
              </button>
            ) : (
              label
            )}
          </li>
        );
      })}
    </ol>
  );
}
