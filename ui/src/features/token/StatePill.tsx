import { useTranslation } from "react-i18next";
import { Pill } from "@/components/text";
import type { TokenState } from "@/contract";
import { LOOKS } from "./state";

/** A state as icon and word; `unrenewed`: its renewal failed, which is a warning while the state says nothing worse. */
export function StatePill({ state, unrenewed }: { state: TokenState; unrenewed: boolean }) {
  const { t } = useTranslation();
  const warned = unrenewed && LOOKS[state].tone === "ok";
  const { tone, icon } = warned ? LOOKS.expiring : LOOKS[state];
  return (
    <Pill tone={tone} icon={icon}>
      {t(warned ? "token.notRenewedState" : `token.state.${state}`)}
    </Pill>
  );
}
