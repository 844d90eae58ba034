import { useTranslation } from "react-i18next";
import { Note } from "@/components/feedback";
import { Icon } from "@/components/icon";
import { VisibleText } from "@/components/text";
import type { HeldFile, Recognised } from "@/contract";
import { Fact } from "./Fact";
import styles from "./FirstRun.module.css";
import { PlatformFacts } from "./PlatformFacts";
import { fieldWord, loginWords, summary } from "./words";

/** What a pasted text says, item by item, before anything is saved. */
export function Understood({ recognised, ca }: { recognised: Recognised; ca: HeldFile | null }) {
  const { t } = useTranslation();
  const { form, host, port, transport, connection, subscriptions, message, ignored, version, secrets, warnings, missing } = recognised;
  const device = form !== "service_connection_string";
  return (
    <div className={styles.understood} aria-live="polite">
      <div className={styles.summary}>
        <Icon name="check-circle" size={14} className={styles.ok} />
        <strong>{summary(t, recognised)}</strong>
        <span className={styles.quiet}>{t("firstRun.from", { form: t(`firstRun.form.${form}`) })}</span>
        <span className={styles.aside}>{secrets.length === 0 ? t("firstRun.noSecret") : t("firstRun.secretsFound", { count: secrets.length })}</span>
      </div>
      <dl className={styles.facts}>
        {host !== "" && (
          <Fact word={t("firstRun.host")}>
            <VisibleText text={host} />
          </Fact>
        )}
        {connection.proxy.choice === "own" && (
          <Fact word={t("connection.proxy")}>
            {t(`connection.kind.${connection.proxy.proxy.kind === "http" ? "http" : "socks5"}`)} <VisibleText text={`${connection.proxy.proxy.host}:${connection.proxy.proxy.port}`} />
          </Fact>
        )}
        <Fact word={t("firstRun.port")}>
          {transport === "unix" ? <VisibleText text={connection.socket} /> : port}
          {(transport === "ws" || transport === "wss") && <VisibleText text={connection.path} />}
          <span className={transport === "mqtt" || transport === "ws" ? styles.warn : styles.quiet}> {t(`connection.long.${transport}`)}</span>
        </Fact>
        <PlatformFacts recognised={recognised} />
        <Fact word={t("firstRun.login")}>
          <VisibleText text={loginWords(t, recognised)} />
        </Fact>
        {device && <Fact word={t("firstRun.version")}>{version}</Fact>}
        {(recognised.ca_file !== null || ca !== null) && (
          <Fact word={t("firstRun.caFile")}>
            <VisibleText text={ca?.name ?? recognised.ca_file ?? ""} />{" "}
            <span className={ca === null ? styles.warn : styles.okText}>{t(ca === null ? "firstRun.caMissing" : "firstRun.caChosen")}</span>
          </Fact>
        )}
        {subscriptions.map(({ filter, qos }, index) => (
          <Fact key={index} word={t("firstRun.subscribes")}>
            <VisibleText text={filter} />
            <span className={styles.quiet}> {t("firstRun.qos", { qos })}</span>
          </Fact>
        ))}
        {message !== null && (
          <Fact word={t("firstRun.topic")}>
            <VisibleText text={message.topic} />
            <span className={styles.quiet}> {t("firstRun.qos", { qos: message.qos })}</span>
          </Fact>
        )}
      </dl>
      {ignored.length > 0 && <p className={styles.quiet}>{t("firstRun.ignored", { options: ignored.join(", ") })}</p>}
      {warnings.map((warning) => (
        <Note key={warning} tone={warning === "trimmed" || warning === "gateway" ? "quiet" : "warn"}>
          {t(`firstRun.warning.${warning}`)}
        </Note>
      ))}
      {missing.length > 0 && (
        <Note tone="warn" title={t("firstRun.missing", { fields: missing.map((field) => fieldWord(t, field)).join(", ") })}>
          {t("firstRun.missingText")}
        </Note>
      )}
    </div>
  );
}
