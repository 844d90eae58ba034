import { useTranslation } from "react-i18next";
import { IconButton } from "@/components/button";
import { lifeWords, nameOf } from "@/components/chain";
import { cx } from "@/components/cx";
import { Icon } from "@/components/icon";
import { VisibleText, visibleString } from "@/components/text";
import type { TrustedCertificate } from "@/contract";
import { useClock } from "@/live";
import styles from "./Forms.module.css";
import { without, type AddedTrust, type TrustForm } from "./trustForm";

/** The certificates that a hub trusts: whose, how long they are good, where they came from. */
export function TrustedList({ trust, onChange }: { trust: TrustForm; onChange: (trust: TrustForm) => void }) {
  const { t } = useTranslation();
  const { kept, added, mode, preset } = trust;
  const count = kept.length + added.length;
  if (mode === "system") return count === 0 ? null : <span className={styles.quietLine}>{t("trust.unused")}</span>;
  if (count === 0) return <span className={styles.warnLine}>{t("trust.none")}</span>;
  return (
    <ul className={styles.trusted} aria-label={t("trust.certificates")}>
      {kept.map((one) => (
        <Row
          key={one.sha256}
          name={nameOf(one)}
          source={preset === null ? t("trust.from", { source: visibleString(one.source) }) : t("trust.preset")}
          certificate={one}
          onRemove={preset === null ? () => onChange(without(trust, one)) : null}
        />
      ))}
      {added.map((one, place) => (
        <Row
          key={`added-${place}`}
          name={one.name}
          source={one.certificate === null ? t("trust.readLater") : t("trust.fetched.uponSave")}
          certificate={one.certificate}
          onRemove={() => onChange(without(trust, one))}
        />
      ))}
    </ul>
  );
}

interface RowProps {
  name: string;
  source: string;
  certificate: TrustedCertificate | AddedTrust["certificate"];
  onRemove: (() => void) | null;
}

function Row({ name, source, certificate, onRemove }: RowProps) {
  const { t } = useTranslation();
  // A stored one tells only its end.
  const dates = certificate === null ? null : { not_before: "not_before" in certificate ? certificate.not_before : 0, not_after: certificate.not_after };
  const words = useClock((now) => (dates === null ? null : lifeWords(t, dates, now).words));
  const bad = useClock((now) => dates !== null && lifeWords(t, dates, now).bad);
  return (
    <li className={styles.trustedRow}>
      <Icon name="certificate" size={14} />
      <span className={styles.trustedName} title={certificate === null ? undefined : visibleString(certificate.subject)}>
        <VisibleText text={name} />
        <span className={styles.quiet}>
          {words !== null && <span className={cx(bad && styles.bad)}>{words}, </span>}
          {source}
        </span>
      </span>
      {onRemove !== null && <IconButton icon="trash" size="sm" label={t("trust.remove", { name: visibleString(name) })} onClick={onRemove} />}
    </li>
  );
}
