import { useState } from "react";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { VisibleText } from "@/components/text";
import type { CertificateDetail, CertificateEvent } from "@/contract";
import { formatMoment, formatNumber, formatShort } from "@/i18n";
import type { People } from "../list/people";
import styles from "./Detail.module.css";

/** Shown before more are asked for. */
const SHORT = 8;

/** What was done with the certificate, newest first. */
export function Activity({ detail, people, onGo }: { detail: CertificateDetail; people: People; onGo: (sha256: string) => void }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const newest = [...detail.events].reverse();
  const shown = all ? newest : newest.slice(0, SHORT);
  return (
    <section aria-labelledby="certificate-activity">
      <h3 className={styles.section} id="certificate-activity">
        {t("certificates.activity")}
      </h3>
      {newest.length === 0 && <p className={styles.quiet}>{t("certificates.noActivity")}</p>}
      <ul className={styles.events}>
        {shown.map((event, at) => (
          <Happened key={newest.length - at} event={event} people={people} onGo={onGo} />
        ))}
      </ul>
      {newest.length > shown.length && (
        <Button variant="ghost" size="sm" onClick={() => setAll(true)}>
          {t("certificates.showAll", { count: newest.length })}
        </Button>
      )}
    </section>
  );
}

function Happened({ event, people, onGo }: { event: CertificateEvent; people: People; onGo: (sha256: string) => void }) {
  const { t } = useTranslation();
  const { local, utc } = formatMoment(event.at);
  const other = event.what === "renewed" || event.what === "replaced" ? event.sha256 : null;
  const hub = "hub" in event && event.hub !== null ? people.hubs.get(event.hub)?.name : undefined;
  return (
    <li>
      <time className="mono" title={t("token.localAndUtc", { local, utc })}>
        {formatShort(event.at)}
      </time>
      <span>
        <VisibleText text={wordsOf(t, event)} />{" "}
        {other !== null && (
          <button type="button" className={styles.link} onClick={() => onGo(other)}>
            {t("certificates.showIt")}
          </button>
        )}
      </span>
      <span className={styles.quiet}>{hub !== undefined && <VisibleText text={hub} />}</span>
    </li>
  );
}

function wordsOf(t: TFunction, event: CertificateEvent): string {
  switch (event.what) {
    case "issued":
      return t("certificates.event.issued", { name: event.common_name, count: event.count, more: formatNumber(event.count - 1), days: formatNumber(event.days) });
    case "given":
      return t("certificates.event.given", { device: event.device });
    case "exported":
      return t("certificates.event.exported", { form: t(`certificates.form.${event.form}`) });
    case "revoked":
      return t("certificates.event.revoked", { reason: t(`certificates.reason.${event.reason}`) });
    case "list_written":
      return t("certificates.event.list_written", { number: event.number });
    case "possession_marked":
      return t(`certificates.event.marked.${event.state ?? "none"}`);
    default:
      return t(`certificates.event.${event.what}`);
  }
}
