import { useTranslation } from "react-i18next";
import type { HubKind } from "@/contract";
import { Segmented } from "../fields/Segmented";
import { refusesQosTwo } from "./qos";

interface QosChoiceProps {
  value: number;
  onChange: (qos: number) => void;
  /** The hub that it is for: some take no QoS 2. */
  hub: HubKind;
  size?: "md" | "sm" | undefined;
  "aria-label"?: string | undefined;
}

/** QoS 0, 1 or 2; what the hub does not take says why. */
export function QosChoice({ value, onChange, hub, ...rest }: QosChoiceProps) {
  const { t } = useTranslation();
  const refusal = refusesQosTwo(hub);
  return (
    <Segmented
      {...rest}
      value={String(value)}
      onChange={(qos) => onChange(Number(qos))}
      segments={[
        { value: "0", label: "0" },
        { value: "1", label: "1" },
        { value: "2", label: "2", reason: refusal === null ? null : t(`mqtt.${refusal}`) },
      ]}
    />
  );
}
