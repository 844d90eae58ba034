import { useTranslation } from "react-i18next";
import { CopyText } from "@/components/copy";
import { Fact, Facts } from "@/components/facts";
import { errorText } from "@/components/feedback";
import { VisibleText } from "@/components/text";
import type { ConnectParameters, DeviceDraft, Hub, ShownValue } from "@/contract";
import { formatBytes } from "@/i18n";
import { useAnswer } from "@/live";
import styles from "./Credentials.module.css";
import { topicParts } from "./topicParts";

interface ConnectBoxProps {
  draft: DeviceDraft;
  hub: Hub;
  /** Changes when the stored credential does, though the draft is the same. */
  stored: number | null;
  open: boolean;
}

/** CONNECT as it will be sent with what stands in the form, secrets by their ends, and what the hub dictates of it. */
export function ConnectBox({ draft, hub, stored, open }: ConnectBoxProps) {
  const { t } = useTranslation();
  const { answer, error } = useAnswer("credential.preview", draft, [hub, stored]);
  return (
    <details className={styles.connect} open={open}>
      <summary>{t("credentials.connectsWith")}</summary>
      {answer !== null && (
        <>
          <div className={styles.sunken}>
            <Parameters parameters={answer} />
          </div>
          {answer.rules.length > 0 && (
            <ul className={styles.rules}>
              {answer.rules.map((rule) => (
                <li key={rule}>{t(`credentials.rule.${rule}`)}</li>
              ))}
            </ul>
          )}
        </>
      )}
      {answer === null && error !== null && <p className={styles.quiet}>{errorText(t, error).sentence}</p>}
    </details>
  );
}

function Parameters({ parameters }: { parameters: ConnectParameters }) {
  const { t } = useTranslation();
  const { transport, client_certificate, keep_alive, max_qos, retain, max_packet_size, topic, will } = parameters;
  return (
    <Facts>
      <Fact name={t("credentials.host")}>
        <Copied text={address(parameters)} what={t("credentials.host")} />
      </Fact>
      {(client_certificate || transport !== "mqtts") && (
        <Fact name={t("connection.transport")}>
          {t(`connection.long.${transport}`)}
          {client_certificate && `, ${t("credentials.mutual")}`}
        </Fact>
      )}
      <Fact name={t("credentials.clientId")}>
        <Shown value={parameters.client_id} what={t("credentials.clientId")} />
      </Fact>
      <Fact name={t("credentials.userName")}>
        <Shown value={parameters.user_name} what={t("credentials.userName")} />
      </Fact>
      <Fact name={t("credentials.password")}>
        <Shown value={parameters.password} what={t("credentials.password")} />
      </Fact>
      <Fact name={t("credentials.keepAlive")}>
        <span className="mono">{t("credentials.seconds", { count: keep_alive })}</span>
        {t(parameters.clean_session ? "credentials.cleanOn" : "credentials.cleanOff")}
      </Fact>
      {will !== null && (
        <Fact name={t("mqtt.will")}>
          <VisibleText text={will} className="mono" />
        </Fact>
      )}
      {topic !== null && (
        <Fact name={t("credentials.topic")}>
          <Topic topic={topic} />
        </Fact>
      )}
      <Fact name={t("credentials.limits")}>
        {t(retain ? "credentials.limitsRetain" : "credentials.limitsNoRetain", { qos: max_qos, size: formatBytes(max_packet_size) })}
      </Fact>
    </Facts>
  );
}

/** As an address, where there is more to it than host and port. */
function address({ host, port, path, transport }: ConnectParameters): string {
  if (transport === "unix") return path ?? "";
  return path === null ? `${host}:${port}` : `${transport}://${host}:${port}${path}`;
}

/** A line of plain text with its copy button. */
function Copied({ text, what }: { text: string; what: string }) {
  return (
    <span className={styles.print}>
      <VisibleText text={text} className="mono" />
      <CopyText text={text} what={what} />
    </span>
  );
}

/** A topic with a masked token in it is none that could be used elsewhere, so it is not copied. */
function Topic({ topic }: { topic: string }) {
  const { t } = useTranslation();
  const parts = topicParts(topic);
  if (!parts.some(({ chip }) => chip)) return <Copied text={topic} what={t("credentials.topic")} />;
  return (
    <span className="mono">
      {parts.map((part, index) =>
        part.chip ? (
          <span key={index} className={styles.chip}>
            {part.text}
          </span>
        ) : (
          <VisibleText key={index} text={part.text} />
        ),
      )}
    </span>
  );
}

function Shown({ value, what }: { value: ShownValue; what: string }) {
  const { t } = useTranslation();
  switch (value.shown) {
    case "text":
      if (value.text === "") return <span className={styles.quiet}>{t("credentials.empty")}</span>;
      return <Copied text={value.text} what={what} />;
    case "masked":
      return <span className={styles.chip}>{value.ends === null ? value.word : t("credentials.maskedEnds", { word: value.word, ends: value.ends })}</span>;
    case "empty":
      return <span className={styles.quiet}>{t("credentials.empty")}</span>;
    case "anything":
      return <span className={styles.quiet}>{t("credentials.anything")}</span>;
  }
}
