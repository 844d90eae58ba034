import { useTranslation } from "react-i18next";
import { Pill } from "@/components/text";
import type { Device, TokenStatus } from "@/contract";
import { useClock } from "@/live";
import { pillFace, type PillFace } from "./face";
import { Pie } from "./Pie";

interface TokenPillProps {
  device: Device;
  status: TokenStatus | undefined;
}

/** A device's credential in a word, with what is left of its time. */
export function TokenPill({ device, status }: TokenPillProps) {
  const { t } = useTranslation();
  // As text, so that it is drawn again when it shows something else, and not with the clock.
  const shown = useClock((now) => JSON.stringify(pillFace(t, device, status, now)));
  const face = JSON.parse(shown) as PillFace | null;
  if (face === null) return null;
  return (
    <Pill tone={face.tone} icon={face.share === null ? face.icon : undefined}>
      {face.share !== null && <Pie share={face.share} />}
      {face.text}
    </Pill>
  );
}
