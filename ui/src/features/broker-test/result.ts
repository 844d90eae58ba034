import type { TFunction } from "i18next";
import type { BrokerFeature, BrokerReport, FeatureResult, MqttVersion } from "@/contract";
import { formatBytes, formatNumber, renderText } from "@/i18n";

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
  const ms = (micros: number) => (micros / 1000).toFixed(2);
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
