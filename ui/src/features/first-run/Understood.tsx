import type { TFunction } from "i18next";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/components/icon";
import { VisibleText } from "@/components/text";
import type { HeldFile, Recognised } from "@/contract";
import styles from "./FirstRun.module.css";

/** What a pasted text says, item by item, before anything is saved. */
export function Understood({ recognised, ca }: { recognised: Recognised; ca: HeldFile | null }) {
  const { t } = useTranslation();
  const { host, port, tls, client_id, subscriptions, message, ignored, version } = recognised;
  return (
    <div className={styles.understood} aria-live="polite">
      <div className={styles.summary}>
        <Icon name="check-circle" size={14} className={styles.ok} />
        <strong>{summary(t, recognised)}</strong>
        <span className={styles.aside}>{t(recognised.has_password ? "firstRun.secretFound" : "firstRun.noSecret")}</span>
      </div>
      <dl className={styles.facts}>
        <Fact word={t("firstRun.host")}>
          <VisibleText text={host} />
        </Fact>
        <Fact word={t("firstRun.port")}>
          {port}
          <span className={tls ? styles.quiet : styles.warn}> {t(tls ? "firstRun.tls" : "firstRun.plain")}</span>
        </Fact>
        <Fact word={t("firstRun.clientId")}>
          {client_id === null ? <span className={styles.quiet}>{t("firstRun.clientIdMade")}</span> : <VisibleText text={client_id} />}
        </Fact>
        <Fact word={t("firstRun.login")}>
          <VisibleText text={login(t, recognised)} />
        </Fact>
        <Fact word={t("firstRun.version")}>{version}</Fact>
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
    </div>
  );
}

function Fact({ word, children }: { word: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{word}</dt>
      <dd className="mono">{children}</dd>
    </div>
  );
}

function summary(t: TFunction, { kind, subscriptions, message }: Recognised): string {
  const words: string[] = [t("firstRun.understood.device", { kind: t(`tree.kind.${kind}`) })];
  if (subscriptions.length > 0) words.push(t("firstRun.understood.subscriptions", { count: subscriptions.length }));
  if (message !== null) words.push(t("firstRun.understood.message"));
  return words.join(", ");
}

function login(t: TFunction, { user_name: user, has_password, password_ends: ends }: Recognised): string {
  if (user === null) {
    if (!has_password) return t("firstRun.loginNone");
    return ends === null ? t("firstRun.passwordOnly") : t("firstRun.passwordOnlyEnds", { ends });
  }
  if (!has_password) return t("firstRun.userOnly", { user });
  return ends === null ? t("firstRun.userPassword", { user }) : t("firstRun.userPasswordEnds", { user, ends });
}
