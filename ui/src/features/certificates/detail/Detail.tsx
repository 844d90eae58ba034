import type { TFunction } from "i18next";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "@/components/button";
import { ErrorState, LoadingState, Note } from "@/components/feedback";
import { Icon } from "@/components/icon";
import { Menu } from "@/components/overlay";
import { Pill, VisibleText, visibleString } from "@/components/text";
import type { CertificateDetail, HubId } from "@/contract";
import { formatDate, renderText } from "@/i18n";
import { useClock, useLiveQuery } from "@/live";
import type { CertificateMenus } from "../useCertificateMenus";
import { isOwnAuthority, nameOf } from "../names";
import type { People } from "../list/people";
import { ROLE_ICONS } from "../list/row";
import { Activity } from "./Activity";
import { Chain } from "./Chain";
import styles from "./Detail.module.css";
import { DetailFacts } from "./DetailFacts";
import { provesAt } from "./proves";
import { Users } from "./Users";

interface DetailProps {
  sha256: string;
  people: People;
  menus: CertificateMenus;
  onGo: (sha256: string) => void;
  onOpenDevice: (device: string) => void;
  onOpenHub: (hub: HubId) => void;
  /** The wizard, while it is open for this certificate. */
  wizard: ReactNode;
}

/** Everything about one certificate. */
export function Detail(props: DetailProps) {
  const { data, error, isPending, refetch } = useLiveQuery("certificate.inspect", { sha256: props.sha256 });
  if (isPending) return <LoadingState />;
  if (data === undefined) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return <Inspected key={props.sha256} {...props} detail={data} />;
}

function Inspected({ detail, people, menus, onGo, onOpenDevice, onOpenHub, wizard }: DetailProps & { detail: CertificateDetail }) {
  const { t } = useTranslation();
  const { entry } = detail;
  const name = visibleString(nameOf(entry.certificate));
  return (
    <div className={styles.detail}>
      <Path detail={detail} onGo={onGo} />
      <header className={styles.header}>
        <div className={styles.names}>
          <h2 className={styles.title}>
            <Icon name={ROLE_ICONS[entry.role]} className={styles.glyph} />
            <VisibleText text={nameOf(entry.certificate)} />
            <State detail={detail} people={people} />
          </h2>
          <p className={styles.quiet}>{summary(t, detail)}</p>
        </div>
        <div className={styles.actions}>
          {menus.primary(entry)}
          <Menu
            align="end"
            trigger={
              <Button icon="upload">
                {t("certificates.export")}
                <Icon name="chevron-down" size={14} />
              </Button>
            }
            items={menus.exports(entry)}
          />
          {menus.more(entry).length > 0 && <Menu align="end" trigger={<IconButton icon="more" label={t("certificates.more", { name })} />} items={menus.more(entry)} />}
        </div>
      </header>
      <Remarks detail={detail} />
      <DetailFacts detail={detail} />
      <Chain detail={detail} people={people} onGo={onGo} />
      {wizard}
      <Users entry={entry} people={people} onOpenDevice={onOpenDevice} onOpenHub={onOpenHub} />
      <Activity detail={detail} people={people} onGo={onGo} />
    </div>
  );
}

/** The names from the root down to this one; each but the last goes there. */
function Path({ detail: { chain, entry }, onGo }: { detail: CertificateDetail; onGo: (sha256: string) => void }) {
  const { t } = useTranslation();
  return (
    <nav aria-label={t("certificates.path")}>
      <ol className={styles.path}>
        {chain.map(({ facts, listed }) => (
          <li key={facts.sha256}>
            {facts.sha256 === entry.certificate.sha256 ? (
              <span aria-current="true">
                <VisibleText text={nameOf(facts)} />
              </span>
            ) : listed ? (
              <button type="button" className={styles.link} onClick={() => onGo(facts.sha256)}>
                <VisibleText text={nameOf(facts)} />
              </button>
            ) : (
              <VisibleText text={nameOf(facts)} />
            )}
            {facts.sha256 !== entry.certificate.sha256 && <Icon name="chevron-right" size={12} />}
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** What most matters about its state, beside the name. */
function State({ detail: { entry }, people }: { detail: CertificateDetail; people: People }) {
  const { t } = useTranslation();
  const over = useClock((now) => entry.certificate.not_after <= now);
  if (entry.revoked !== null) return <Pill tone="bad" icon="forbidden">{t("certificates.revokedState")}</Pill>;
  if (entry.replaced_by !== null) return <Pill tone="outline">{t("certificates.replacedState")}</Pill>;
  if (over) return <Pill tone="bad" icon="error">{t("certificates.expiredState")}</Pill>;
  if (!isOwnAuthority(entry)) return null;
  const proofs = provesAt(entry, people);
  if (proofs.length === 0) return null;
  const verified = proofs.filter(({ state }) => state === "verified").length;
  return (
    <Pill tone={verified === proofs.length ? "ok" : "warn"} icon={verified === proofs.length ? "check" : "warning"}>
      {t("certificates.verifiedAt", { verified, count: proofs.length })}
    </Pill>
  );
}

function summary(t: TFunction, { entry, facts }: CertificateDetail): string {
  const kind = t(`certificates.kind.${entry.role}`);
  const key = entry.role === "server" ? "" : t(entry.has_key ? "certificates.keyHere" : "certificates.keyAway");
  return [kind, facts.key, key].filter((part) => part !== "").join(", ");
}

/** What keeps it from being used, or may. */
function Remarks({ detail: { entry, remarks } }: { detail: CertificateDetail }) {
  const { t } = useTranslation();
  return (
    <>
      {entry.revoked !== null && (
        <Note tone="bad" title={t("certificates.revokedOn", { date: formatDate(entry.revoked.at) })}>
          {t(`certificates.reason.${entry.revoked.reason}`)}
        </Note>
      )}
      {remarks.map((remark) => (
        <Note key={remark.template} tone="warn">
          {visibleString(renderText(remark))}
        </Note>
      ))}
    </>
  );
}
