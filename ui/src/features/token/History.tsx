import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { VisibleText } from "@/components/text";
import type { DeviceId, TokenEvent } from "@/contract";
import { formatMoment, formatShort, renderText } from "@/i18n";
import { useLiveQuery } from "@/live";
import styles from "./Token.module.css";

/** Shown before more are asked for. */
const SHORT = 5;

/** What was seen of the credential, newest first. */
export function History({ device, open }: { device: DeviceId; open: boolean }) {
  const { t } = useTranslation();
  const { data } = useLiveQuery("token.history", { device });
  const [all, setAll] = useState(false);
  const events = data?.events ?? [];
  if (events.length === 0) return null;
  const newest = [...events].reverse();
  const shown = all ? newest : newest.slice(0, SHORT);
  return (
    <details className={styles.history} open={open}>
      <summary>{t("token.history", { count: events.length })}</summary>
      <table className={styles.events}>
        <thead>
          <tr>
            <th scope="col">{t("token.when")}</th>
            <th scope="col">{t("token.change")}</th>
            <th scope="col">{t("token.how")}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((event, index) => (
            <Seen key={newest.length - index} event={event} />
          ))}
        </tbody>
      </table>
      {newest.length > shown.length && (
        <div className={styles.more}>
          <Button variant="ghost" size="sm" onClick={() => setAll(true)}>
            {t("token.showAll", { count: newest.length })}
          </Button>
        </div>
      )}
    </details>
  );
}

function Seen({ event: { at, from, to, cause, note } }: { event: TokenEvent }) {
  const { t } = useTranslation();
  const { local, utc } = formatMoment(at);
  return (
    <tr>
      <td>
        <time className="mono" title={t("token.localAndUtc", { local, utc })}>
          {formatShort(at)}
        </time>
      </td>
      <td>
        {from !== null && from !== to && <span className={styles.from}>{t("token.fromState", { state: t(`token.state.${from}`) })}</span>}{" "}
        <span className={styles.to}>{t(`token.state.${to}`)}</span>
      </td>
      <td>
        {t(`token.cause.${cause}`)}
        {note !== null && (
          <>
            {": "}
            <VisibleText text={renderText(note)} />
          </>
        )}
      </td>
    </tr>
  );
}
