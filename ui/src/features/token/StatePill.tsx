import { useTranslation } from "react-i18next";
import { Pill } from "@/components/text";
import type { TokenState } from "@/contract";
import { LOOKS } from "./state";

/** A state as icon and word. */
export function StatePill({ state }: { state: TokenState }) {
  const { t } = useTranslation();
  const { tone, icon } = LOOKS[state];
  return (
    <Pill tone={tone} icon={icon}>
      {t(`token.state.${state}`)}
    </Pill>
  );
}
