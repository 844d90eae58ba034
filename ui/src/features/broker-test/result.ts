import type { TFunction } from "i18next";
import type { BrokerFeature, BrokerReport, FeatureResult, MqttVersion } from "@/contract";
import { formatBytes, formatFixed, formatNumber, formatTime, renderText } from "@/i18n";

const VERSIONS: readonly MqttVersion[] = ["3.1.1", "5"];

/** Every feature of a report once, with what was found with each version. */
export function tableOf(report: BrokerReport): { feature: BrokerFeature; found: Map<MqttVersion, FeatureResult> }[] {
  const rows = new Map<BrokerFeature, Map<MqttVersion, FeatureResult>>();
  for (const { feature, version, result } of report.findings) {
    const found = rows.get(feature) ?? new Map<MqttVersion, FeatureResult>();
    rows.set(feature, found.set(version, result));
  }
  return [...rows].map(([feature, found]) => ({ feature, found }));
}

/** What was found, in words and figures. */
export function wordsOf(t: TFunction, feature: BrokerFeature, result: FeatureResult): string {
  const figure = (value: number) => {
    if (feature === "maximum_packet_size" || feature === "largest_payload") return formatBytes(value);
    if (feature === "server_keep_alive" || feature === "session_expiry") return t("brokerTest.seconds", { value: formatNumber(value) });
    return formatNumber(value);
  };
  const ms = (micros: number) => formatFixed(micros / 1000, 2);
  switch (result.is) {
    case "works":
      return t("brokerTest.works");
    case "fails":
      return t("brokerTest.fails", { reason: renderText(result.reason) });
    case "value":
      return figure(result.value);
    case "at_least":
      return t("brokerTest.atLeast", { value: figure(result.value) });
    case "no_limit":
      return t("brokerTest.noLimit");
    case "round_trip":
      return t("brokerTest.roundTrip", { median: ms(result.median), min: ms(result.min), max: ms(result.max), count: result.count });
  }
}

/** A report to be pasted elsewhere: a line a finding, MQTT 3.1.1 first. */
export function textOf(t: TFunction, report: BrokerReport): string {
  const width = Math.max(...report.findings.map(({ feature }) => t(`brokerTest.feature.${feature}`).length));
  const lines = VERSIONS.flatMap((version) => {
    const found = report.findings.filter((finding) => finding.version === version);
    const words = found.map(({ feature, result }) => `  ${t(`brokerTest.feature.${feature}`).padEnd(width)}  ${wordsOf(t, feature, result)}`);
    return found.length === 0 ? [] : ["", t("session.protocol", { version }), ...words];
  });
  const { endpoint, prefix, ended, cancelled, left_behind } = report;
  return [
    endpoint,
    t("brokerTest.ended", { time: formatTime(ended), prefix }),
    ...lines,
    ...(cancelled ? ["", t("brokerTest.stopped")] : []),
    ...(left_behind.length > 0 ? ["", t("brokerTest.left", { topics: left_behind.join(", ") })] : []),
    "",
  ].join("\n");
}
