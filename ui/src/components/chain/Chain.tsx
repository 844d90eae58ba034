import { useTranslation } from "react-i18next";
import type { ServerCertificate } from "@/contract";
import { cx } from "../cx";
import { Icon } from "../icon/Icon";
import type { IconName } from "../icon/paths";
import { VisibleText } from "../text/VisibleText";
import styles from "./Chain.module.css";
import { lifeWords, nameOf } from "./life";

interface ChainProps {
  /** As sent, the server's own first. */
  certificates: readonly ServerCertificate[];
  /** Whose certificate is not trusted, by SHA-256; null: the chain is trusted, or what is wrong is something else. */
  untrusted: string | null;
  /** The issuer of the last certificate, where it should have been sent and was not. */
  missing?: string | null | undefined;
  /** Unix seconds: by what dates are judged. */
  now: number;
}

/** A chain as a drawing: each certificate with an arrow from the one that signed it. What is not trusted is dashed. */
export function Chain({ certificates, untrusted, missing, now }: ChainProps) {
  const { t } = useTranslation();
  return (
    <ol className={styles.chain} aria-label={t("chain.name")}>
      {certificates.map((shown, place) => (
        <Node key={`${place}-${shown.certificate.sha256}`} shown={shown} place={place} untrusted={shown.certificate.sha256 === untrusted} now={now} />
      ))}
      {(missing ?? null) !== null && (
        <li className={styles.link}>
          <SignedBy />
          <div className={cx(styles.node, styles.untrusted)}>
            <p className={styles.name}>
              <Icon name="question" size={14} className={styles.icon} />
              <VisibleText text={missing ?? ""} />
            </p>
            <p className={styles.bad}>{t("chain.notSent")}</p>
          </div>
        </li>
      )}
    </ol>
  );
}

interface NodeProps {
  shown: ServerCertificate;
  place: number;
  untrusted: boolean;
  now: number;
}

function Node({ shown, place, untrusted, now }: NodeProps) {
  const { t } = useTranslation();
  const { certificate, is_ca: isCa } = shown;
  const role = t(certificate.self_signed ? "chain.selfSigned" : place === 0 && !isCa ? "chain.server" : "chain.issuing");
  const life = lifeWords(t, certificate, now);
  const icon: IconName = untrusted || life.bad ? "error" : place === 0 && !isCa ? "server" : "certificate";
  return (
    <li className={styles.link}>
      {place > 0 && <SignedBy />}
      <div className={cx(styles.node, untrusted && styles.untrusted)}>
        <p className={styles.name} title={certificate.subject}>
          <Icon name={icon} size={14} className={cx(styles.icon, (untrusted || life.bad) && styles.bad)} />
          <VisibleText text={nameOf(certificate)} />
        </p>
        <p>{t("chain.about", { role, key: certificate.key })}</p>
        {(!untrusted || life.bad) && <p className={life.bad ? styles.bad : undefined}>{life.words}</p>}
        {untrusted && <p className={styles.bad}>{t("chain.untrusted")}</p>}
      </div>
    </li>
  );
}

/** The arrow from the signer, at the right, to what it signed. */
function SignedBy() {
  const { t } = useTranslation();
  return (
    <span className={styles.signed}>
      {t("chain.signedBy")}
      <svg className={styles.arrow} width="44" height="8" viewBox="0 0 44 8" aria-hidden="true">
        <path d="M43 4H2M5 1L2 4l3 3" />
      </svg>
    </span>
  );
}
