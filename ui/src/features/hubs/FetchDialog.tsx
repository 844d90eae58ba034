import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { Chain, Fingerprint, KnownRootNote, nameOf } from "@/components/chain";
import { ErrorState, LoadingState, Note } from "@/components/feedback";
import { Dialog } from "@/components/overlay";
import { VisibleText, visibleString } from "@/components/text";
import { useToasts } from "@/components/toast";
import type { FetchedChain, TrustHow } from "@/contract";
import { renderText } from "@/i18n";
import { useAnswer } from "@/live";
import { useState } from "react";
import styles from "./Forms.module.css";
import { hubDraft, type HubForm } from "./hubDraft";
import { rootOf, withFetched, type TrustForm } from "./trustForm";

interface FetchDialogProps {
  form: HubForm;
  onTrust: (trust: TrustForm) => void;
  onClose: () => void;
}

/** The chain that the server shows, fetched on a connection that sends nothing, and the ways to trust it. */
export function FetchDialog({ form, onTrust, onClose }: FetchDialogProps) {
  const { t } = useTranslation();
  const [round, setRound] = useState(0);
  const { answer, error, pending } = useAnswer("trust.fetch", { of: "form", hub: hubDraft(form) }, round);
  const again = () => setRound((old) => old + 1);
  const chain = pending || error !== null ? null : answer;
  const leaf = chain?.certificates[0];
  const root = chain === null ? null : rootOf(chain.certificates);
  const trust = (how: TrustHow, certificates: FetchedChain["certificates"]) => onTrust(withFetched(form.trust, how, certificates));
  // Trusted or wrong in its dates: another CA mends nothing.
  const asCa = chain !== null && root !== null && (chain.problem === "unknown_ca" || chain.problem === "self_signed" || chain.problem === "not_pinned");

  function body(): ReactNode {
    if (pending) return <LoadingState title={t("trust.fetched.reading", { endpoint: `${form.host.trim()}:${form.port ?? ""}` })} />;
    if (error !== null) return <ErrorState error={error} title={t("trust.fetched.failed")} onRetry={again} />;
    return chain === null ? null : <Shown chain={chain} />;
  }

  return (
    <Dialog
      open
      onClose={onClose}
      width="wide"
      icon="certificate"
      title={t("trust.fetched.title")}
      footer={
        <>
          {chain !== null && <CopyPem chain={chain} />}
          <Button onClick={onClose}>{t("common.close")}</Button>
          {leaf !== undefined && chain !== null && (
            <>
              {chain.certificates.length > 1 && <Button onClick={() => trust("pin_chain", chain.certificates)}>{t("trust.fetched.how.pin_chain")}</Button>}
              <Button onClick={() => trust("pin_leaf", [leaf])}>{t("trust.fetched.how.pin_leaf")}</Button>
            </>
          )}
          {asCa && (
            <Button variant="primary" icon="shield-check" onClick={() => trust("ca", [root])}>
              {t("trust.fetched.how.ca", { name: visibleString(nameOf(root.certificate)) })}
            </Button>
          )}
        </>
      }
    >
      {body()}
    </Dialog>
  );
}

function Shown({ chain }: { chain: FetchedChain }) {
  const { t } = useTranslation();
  const { certificates, trusted, problem, explanation, name_matches: fits, expected, root } = chain;
  const end = certificates.at(-1);
  const sent = rootOf(certificates);
  const compare = sent ?? certificates[0];
  const untrusted = problem === "unknown_ca" || problem === "other_key" ? end : problem === "self_signed" || problem === "not_pinned" ? certificates[0] : undefined;
  return (
    <div className={styles.fetched}>
      <p className={styles.quiet}>{t("trust.fetched.intro", { endpoint: chain.endpoint })}</p>
      <Note tone={trusted ? "quiet" : "warn"} icon={trusted ? "check-circle" : undefined} title={title()}>
        {trusted ? t("trust.fetched.trustedText") : explanation === null ? t("trust.fetched.otherNameText", { expected }) : <VisibleText text={renderText(explanation)} />}
      </Note>
      {problem !== null && !fits && <Note tone="warn">{t("trust.fetched.otherNameText", { expected })}</Note>}
      <Chain certificates={certificates} untrusted={untrusted?.certificate.sha256 ?? null} missing={problem === "issuer_missing" ? end?.certificate.issuer : null} now={chain.now} />
      {compare !== undefined && <Fingerprint sha256={compare.certificate.sha256} about={t("chain.fingerprintOf", { name: visibleString(nameOf(compare.certificate)) })} />}
      {root !== null && <KnownRootNote root={root} />}
      {problem === "issuer_missing" && sent === null && <p className={styles.quiet}>{t("trust.fetched.rootNotSent")}</p>}
    </div>
  );

  function title(): string {
    if (trusted) return t("trust.fetched.trusted");
    return problem === null ? t("trust.fetched.otherName") : t(`trust.fetched.problem.${problem}`);
  }
}

/** The chain to be kept elsewhere. */
function CopyPem({ chain }: { chain: FetchedChain }) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const what = t("trust.fetched.pem");

  function copy() {
    navigator.clipboard
      .writeText(chain.certificates.map(({ pem }) => pem).join(""))
      .then(() => toasts.show({ tone: "ok", title: t("common.copied", { what }) }))
      .catch(() => toasts.show({ tone: "bad", title: t("common.notCopied", { what }), text: t("common.clipboardRefused") }));
  }

  return (
    <Button icon="copy" className={styles.aside} onClick={copy}>
      {t("trust.fetched.saved")}
    </Button>
  );
}
