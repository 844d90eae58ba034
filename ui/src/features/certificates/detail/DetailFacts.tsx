import { useTranslation } from "react-i18next";
import { CopyText } from "@/components/copy";
import { Fact, Facts } from "@/components/facts";
import { certificateTone, LifeBar, shareLeft, spanWord } from "@/components/life";
import { VisibleText } from "@/components/text";
import type { CertificateDetail } from "@/contract";
import { formatDate } from "@/i18n";
import { useClock } from "@/live";
import styles from "./Detail.module.css";

const pairs = (hex: string): string => (hex.match(/../g) ?? []).join(":");

/** What the certificate says of itself, in two columns where there is room. */
export function DetailFacts({ detail }: { detail: CertificateDetail }) {
  const { t } = useTranslation();
  const { facts, entry } = detail;
  const own = entry.role === "root" || entry.role === "issuing";
  return (
    <section className={styles.facts} aria-label={t("certificates.factsName")}>
      <Facts>
        <Fact name={t("certificates.subject")}>
          <Copied text={facts.subject} what={t("certificates.subject")} />
        </Fact>
        <Fact name={t("certificates.issuer")}>{facts.self_signed ? t("certificates.itself") : <Copied text={facts.issuer} what={t("certificates.issuer")} />}</Fact>
        <Fact name={t("certificates.sha256")}>
          <Copied text={facts.sha256} shown={pairs(facts.sha256)} what={t("certificates.sha256")} />
        </Fact>
        <Fact name={t("certificates.sha1")}>
          <Copied text={facts.sha1} shown={pairs(facts.sha1)} what={t("certificates.sha1")} />
        </Fact>
        <Fact name={t("certificates.valid")}>
          <Validity detail={detail} />
        </Fact>
        {facts.alternative_names.length > 0 && (
          <Fact name={t("certificates.names")}>
            <VisibleText text={facts.alternative_names.join(", ")} className="mono" />
          </Fact>
        )}
      </Facts>
      <Facts>
        <Fact name={t("certificates.key")}>{facts.key}</Fact>
        <Fact name={t("certificates.serial")}>
          <Copied text={facts.serial_hex} shown={pairs(facts.serial_hex.length % 2 === 0 ? facts.serial_hex : `0${facts.serial_hex}`)} what={t("certificates.serial")} />
        </Fact>
        {facts.is_ca ? (
          <Fact name={t("certificates.pathLength")}>
            {facts.path_length === null ? t("certificates.anyLength") : facts.path_length === 0 ? t("certificates.noneBelow") : t("certificates.below", { count: facts.path_length })}
          </Fact>
        ) : null}
        {facts.key_usages.length + facts.extended_key_usages.length > 0 && (
          <Fact name={t("certificates.usages")}>
            <VisibleText text={[...facts.key_usages, ...facts.extended_key_usages].join(", ")} className="mono" />
          </Fact>
        )}
        <Fact name={t("certificates.signature")}>
          <VisibleText text={facts.signature} className="mono" />
        </Fact>
        {entry.role === "device" && (
          <>
            <Fact name={t("certificates.thingsboard")}>
              <Copied text={facts.thingsboard_id} what={t("certificates.thingsboard")} />
            </Fact>
            <Fact name={t("certificates.kaaSerial")}>
              <Copied text={facts.serial} what={t("certificates.kaaSerial")} />
            </Fact>
          </>
        )}
        {own && detail.revocation_list > 0 && <Fact name={t("certificates.revocationList")}>{t("certificates.listNumber", { number: detail.revocation_list })}</Fact>}
      </Facts>
    </section>
  );
}

/** A machine's text, cut where there is no room, whole in the clipboard. */
function Copied({ text, shown = text, what }: { text: string; shown?: string; what: string }) {
  return (
    <span className={styles.copied}>
      <span className={styles.cut} title={shown}>
        <VisibleText text={shown} className="mono" />
      </span>
      <CopyText text={text} what={what} />
    </span>
  );
}

function Validity({ detail: { facts } }: { detail: CertificateDetail }) {
  const { t } = useTranslation();
  const { not_before: from, not_after: to } = facts;
  const share = useClock((now) => Math.round(shareLeft({ from, to }, now) * 1000) / 1000);
  const tone = useClock((now) => certificateTone(to - now));
  const words = useClock((now) =>
    now < from
      ? t("certificates.beginsOn", { date: formatDate(from) })
      : now < to
        ? t("certificates.leftUntil", { left: spanWord(t, to - now), date: formatDate(to) })
        : t("certificates.endedOn", { ago: spanWord(t, now - to), date: formatDate(to) }),
  );
  return (
    <span className={styles.validity} title={t("certificates.fromTo", { from: formatDate(from), to: formatDate(to) })}>
      <span className={styles.lifeBar}>
        <LifeBar share={share} tone={tone} />
      </span>
      <span className={tone === "ok" ? undefined : styles[tone]}>{words}</span>
    </span>
  );
}
