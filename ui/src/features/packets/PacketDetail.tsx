import { useTranslation } from "react-i18next";
import type { LaneRow } from "@/contract";
import { Fact, Facts } from "@/components/facts";
import { VisibleText } from "@/components/text";
import { formatNumber, formatTime } from "@/i18n";
import styles from "./Packets.module.css";
import { flagsOf, formatAfter } from "./row";

/** A code as the specification writes it. */
function hex(code: number): string {
  return `0x${code.toString(16).padStart(2, "0")}`;
}

/** Everything that one packet says. */
export function PacketDetail({ row }: { row: LaneRow }) {
  const { t } = useTranslation();
  const { packet, after } = row;
  if (packet === null) return null;
  const flags = flagsOf(packet);
  return (
    <section className={styles.detail} aria-label={t("packets.detail")} data-pane="">
      <h3 className={styles.name}>
        {packet.kind} <span className={styles.aside}>{t(`packets.direction.${packet.direction}`)}</span>{" "}
        {flags !== "" && <span className={styles.aside}>{flags}</span>}
      </h3>
      <Facts>
        <Fact name={t("packets.facts.time")}>
          <span className="mono">{formatTime(packet.time, true)}</span>
        </Fact>
        <Fact name={t("packets.facts.size")}>{packet.size === null ? t("packets.unknown") : `${formatNumber(packet.size)} B`}</Fact>
        {packet.id !== null && <Fact name={t("packets.facts.id")}>{packet.id}</Fact>}
        {packet.topic !== null && (
          <Fact name={t("packets.facts.topic")}>
            <VisibleText className="mono" text={packet.topic} />
          </Fact>
        )}
        {packet.reason !== null && (
          <Fact name={t("packets.facts.reason")}>
            {packet.reason.name} <span className="mono">{hex(packet.reason.code)}</span>
          </Fact>
        )}
        {after !== null && <Fact name={t("packets.facts.after")}>{formatAfter(after)}</Fact>}
        {packet.details.map(({ name, value }, at) => (
          <Fact key={at} name={name}>
            <VisibleText className="mono" text={value} />
          </Fact>
        ))}
      </Facts>
    </section>
  );
}
