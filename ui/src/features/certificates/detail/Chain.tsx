import { useTranslation } from "react-i18next";
import { Icon } from "@/components/icon";
import { cx } from "@/components/cx";
import { certificateTone, spanWord } from "@/components/life";
import { VisibleText } from "@/components/text";
import type { Certificate, CertificateDetail, CertificateEntry } from "@/contract";
import { formatNumber } from "@/i18n";
import { useLiveQuery, useClock } from "@/live";
import type { People } from "../list/people";
import { ROLE_ICONS } from "../list/row";
import { timeLeft } from "../list/words";
import { isOver } from "../ending";
import { nameOf } from "../names";
import { useMinute } from "../useCertificates";
import styles from "./Chain.module.css";

/** Certificates below that have a node of their own. */
const MOST_BELOW = 3;

interface ChainProps {
  detail: CertificateDetail;
  people: People;
  onGo: (sha256: string) => void;
}

/** From the root to this certificate and on to what it issued, as a drawing; a node goes there. */
export function Chain({ detail, onGo }: ChainProps) {
  const { t } = useTranslation();
  const { data } = useLiveQuery("certificate.list", {});
  const issued = detail.issued.flatMap((sha256) => data?.entries.find(({ certificate }) => certificate.sha256 === sha256) ?? []);
  const live = issued.filter((entry) => !isOver(entry)).sort((a, b) => a.certificate.not_after - b.certificate.not_after);
  const shown = live.length > MOST_BELOW ? live.slice(0, MOST_BELOW - 1) : live;
  return (
    <section aria-labelledby="certificate-chain">
      <h3 className={styles.title} id="certificate-chain">
        {t("certificates.chain")}
      </h3>
      <ol className={styles.chain}>
        {detail.chain.map(({ facts, listed }) => (
          <li key={facts.sha256} className={styles.step}>
            <Node facts={facts} here={facts.sha256 === detail.entry.certificate.sha256} onGo={listed ? () => onGo(facts.sha256) : null} />
          </li>
        ))}
        {live.length > 0 && (
          <li className={styles.step}>
            <ul className={styles.below} aria-label={t("certificates.issuedBelow")}>
              {shown.map((entry) => (
                <li key={entry.certificate.sha256}>
                  <Leaf entry={entry} onGo={() => onGo(entry.certificate.sha256)} />
                </li>
              ))}
              {live.length > shown.length && (
                <li>
                  <More entries={live.slice(shown.length)} onGo={onGo} />
                </li>
              )}
            </ul>
          </li>
        )}
      </ol>
    </section>
  );
}

function Node({ facts, here, onGo }: { facts: Certificate & { is_ca: boolean }; here: boolean; onGo: (() => void) | null }) {
  const { t } = useTranslation();
  const left = useClock((now) => (facts.not_after > now ? spanWord(t, facts.not_after - now) : t("certificates.expiredState")));
  const inside = (
    <>
      <Icon name={facts.is_ca ? "shield-check" : "certificate"} size={14} />
      <span className={styles.words}>
        <span className={styles.name} title={facts.subject}>
          <VisibleText text={nameOf(facts)} />
        </span>
        <span className={styles.quiet}>{t("certificates.nodeText", { what: t(facts.self_signed ? "certificates.selfSigned" : facts.is_ca ? "certificates.maySign" : "certificates.forDevice"), left })}</span>
      </span>
    </>
  );
  if (here || onGo === null) {
    return (
      <span className={cx(styles.node, here && styles.here)} aria-current={here ? "true" : undefined}>
        {inside}
      </span>
    );
  }
  return (
    <button type="button" className={styles.node} onClick={onGo}>
      {inside}
    </button>
  );
}

function Leaf({ entry, onGo }: { entry: CertificateEntry; onGo: () => void }) {
  const { t } = useTranslation();
  const { tone, words } = timeLeft(t, entry, useMinute());
  return (
    <button type="button" className={cx(styles.node, styles.leaf)} onClick={onGo}>
      <Icon name={ROLE_ICONS[entry.role]} size={14} />
      <span className={styles.name} title={entry.certificate.subject}>
        <VisibleText text={nameOf(entry.certificate)} />
      </span>
      <span className={styles.left} data-tone={tone}>
        {words}
      </span>
    </button>
  );
}

/** The rest in one node: it goes to the one that ends next. */
function More({ entries, onGo }: { entries: CertificateEntry[]; onGo: (sha256: string) => void }) {
  const { t } = useTranslation();
  const minute = useMinute();
  const [next] = entries;
  if (next === undefined) return null;
  const left = next.certificate.not_after - minute;
  return (
    <button type="button" className={cx(styles.node, styles.leaf)} onClick={() => onGo(next.certificate.sha256)}>
      <Icon name="more" size={14} />
      <span className={styles.name}>{t("certificates.moreBelow", { count: entries.length, number: formatNumber(entries.length) })}</span>
      <span className={styles.left} data-tone={certificateTone(left)}>
        {t("certificates.nextEnds", { left: timeLeft(t, next, minute).words })}
      </span>
    </button>
  );
}
