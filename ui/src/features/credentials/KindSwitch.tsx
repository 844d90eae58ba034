import { useTranslation } from "react-i18next";
import { Segmented } from "@/components/fields";
import type { HubKind } from "@/contract";
import { offeredMethods, type Method } from "./methods";
import { methodWord } from "./words";

interface KindSwitchProps {
  kind: HubKind;
  value: Method;
  onChange: (method: Method) => void;
}

/** What the device proves itself with; what was typed for one kind is still there after a look at another. */
export function KindSwitch({ kind, value, onChange }: KindSwitchProps) {
  const { t } = useTranslation();
  return (
    <Segmented
      size="sm"
      aria-label={t("credentials.kind")}
      value={value}
      segments={offeredMethods(kind, value).map((method) => ({ value: method, label: methodWord(t, kind, method) }))}
      onChange={onChange}
    />
  );
}
