import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Fact, Facts } from "@/components/facts";
import { VisibleText } from "@/components/text";
import type { StepEvidence, StepReport } from "@/contract";
import { formatBytes, formatDate, formatNumber } from "@/i18n";
import { Attempts } from "./Attempts";
import { ChainEvidence } from "./ChainEvidence";
import styles from "./Diagnose.module.css";

/** What was seen at a step, each kind in its own form. */
export function Evidence({ step }: { step: StepReport }) {
  const { evidence } = step;
  if (evidence === null) return null;
  switch (evidence.seen) {
    case "addresses":
      return <Addresses seen={evidence} />;
    case "attempts":
      return <Attempts seen={evidence} />;
    case "tls":
      return <Tls seen={evidence} />;
    case "chain":
      return <ChainEvidence seen={evidence} step={step} />;
    case "names":
      return <Names seen={evidence} fits={step.state === "ok"} />;
    case "client_certificate":
      return <ClientCertificate seen={evidence} />;
    case "connack":
      return <Connack seen={evidence} />;
    case "subscription":
    case "publication":
    case "echo":
      return <Talk seen={evidence} />;
  }
}

type Seen<K extends StepEvidence["seen"]> = Extract<StepEvidence, { seen: K }>;

/** What a machine reads. */
function Mono({ text }: { text: string }) {
  return <VisibleText className="mono" text={text} />;
}

function List({ items, none }: { items: readonly string[]; none: string }): ReactNode {
  if (items.length === 0) return none;
  return (
    <ul>
      {items.map((item, place) => (
        <li key={place}>
          <Mono text={item} />
        </li>
      ))}
    </ul>
  );
}

function Addresses({ seen }: { seen: Seen<"addresses"> }) {
  const { t } = useTranslation();
  return (
    <>
      <Facts>
        <Fact name={t(seen.proxy ? "diagnose.evidence.proxyHost" : "diagnose.evidence.host")}>
          <Mono text={seen.host} />
        </Fact>
        <Fact name={t("diagnose.evidence.addresses")}>
          <List items={seen.addresses} none={t("diagnose.evidence.noAddress")} />
        </Fact>
      </Facts>
      {seen.proxy && <p className={styles.quiet}>{t("diagnose.evidence.byProxy")}</p>}
    </>
  );
}

function Tls({ seen }: { seen: Seen<"tls"> }) {
  const { t } = useTranslation();
  const or = (value: string | null, none: string) => (value === null ? <span className={styles.quiet}>{none}</span> : <Mono text={value} />);
  return (
    <Facts>
      <Fact name={t("diagnose.evidence.tlsVersion")}>{or(seen.version, t("diagnose.evidence.notSoFar"))}</Fact>
      <Fact name={t("diagnose.evidence.cipher")}>{or(seen.cipher, t("diagnose.evidence.notSoFar"))}</Fact>
      <Fact name={t("diagnose.evidence.alpn")}>{or(seen.alpn, t("diagnose.evidence.none"))}</Fact>
      <Fact name={t("diagnose.evidence.serverName")}>
        <Mono text={seen.server_name} />
      </Fact>
      {seen.answer !== null && (
        <Fact name={t("diagnose.evidence.answer")}>
          <Mono text={seen.answer} />
        </Fact>
      )}
    </Facts>
  );
}

function Names({ seen, fits }: { seen: Seen<"names">; fits: boolean }) {
  const { t } = useTranslation();
  return (
    <Facts>
      <Fact name={t("diagnose.evidence.expected")}>
        <span className={fits ? undefined : styles.bad}>
          <Mono text={seen.expected} />
        </span>
      </Fact>
      <Fact name={t("diagnose.evidence.names")}>
        <List items={seen.names} none={t("diagnose.evidence.noNames")} />
      </Fact>
    </Facts>
  );
}

function ClientCertificate({ seen }: { seen: Seen<"client_certificate"> }) {
  const { t } = useTranslation();
  const yes = (is: boolean) => t(is ? "common.yes" : "common.no");
  const { certificate } = seen;
  return (
    <Facts>
      <Fact name={t("diagnose.evidence.asked")}>{yes(seen.asked)}</Fact>
      <Fact name={t("diagnose.evidence.sent")}>{yes(seen.sent)}</Fact>
      <Fact name={t("diagnose.evidence.accepted")}>{seen.accepted === null ? t("diagnose.evidence.notJudged") : yes(seen.accepted)}</Fact>
      {certificate !== null && (
        <>
          <Fact name={t("diagnose.step.client_certificate")}>
            <Mono text={certificate.subject} />
          </Fact>
          <Fact name={t("diagnose.evidence.clientIssuer")}>
            <Mono text={certificate.issuer} />
          </Fact>
          <Fact name={t("diagnose.evidence.clientUntil")}>{formatDate(certificate.not_after)}</Fact>
        </>
      )}
      {seen.asked && (
        <Fact name={t("diagnose.evidence.cas")}>
          <List items={seen.cas} none={t("diagnose.evidence.anyCa")} />
        </Fact>
      )}
    </Facts>
  );
}

function Connack({ seen }: { seen: Seen<"connack"> }) {
  const { t } = useTranslation();
  return (
    <Facts>
      <Fact name={t("diagnose.evidence.protocol")}>{t("session.protocol", { version: seen.version })}</Fact>
      <Fact name={t("diagnose.evidence.code")}>
        {seen.code === null ? t("diagnose.evidence.none") : t("diagnose.evidence.connack", { words: seen.code.name, code: seen.code.code })}
      </Fact>
      {seen.session_present !== null && (
        <Fact name={t("diagnose.evidence.session")}>{t(seen.session_present ? "diagnose.evidence.sessionKept" : "diagnose.evidence.sessionNew")}</Fact>
      )}
    </Facts>
  );
}

function Talk({ seen }: { seen: Seen<"subscription" | "publication" | "echo"> }) {
  const { t } = useTranslation();
  switch (seen.seen) {
    case "subscription":
      return (
        <Facts>
          <Fact name={t("diagnose.evidence.filter")}>
            <Mono text={seen.filter} />
          </Fact>
          <Fact name={t("diagnose.evidence.granted")}>{seen.granted === null ? t("diagnose.evidence.notGranted") : t("diagnose.evidence.grantedQos", { qos: seen.granted })}</Fact>
        </Facts>
      );
    case "publication":
      return (
        <Facts>
          <Fact name={t("diagnose.evidence.topic")}>
            <Mono text={seen.topic} />
          </Fact>
          <Fact name={t("diagnose.evidence.qos")}>{formatNumber(seen.qos)}</Fact>
          <Fact name={t("diagnose.evidence.size")}>{formatBytes(seen.bytes)}</Fact>
        </Facts>
      );
    case "echo":
      return (
        <Facts>
          <Fact name={t("diagnose.evidence.topic")}>
            <Mono text={seen.topic} />
          </Fact>
          <Fact name={t("diagnose.evidence.echoes")}>{t(seen.echoes ? "diagnose.evidence.echoBack" : "diagnose.evidence.echoAck")}</Fact>
        </Facts>
      );
  }
}
