import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "@/components/button";
import { errorText, Note } from "@/components/feedback";
import { agoWord } from "@/components/life";
import type { Device, TokenForm, TokenMove, TokenStatus } from "@/contract";
import { useClock, useCommand } from "@/live";
import { RevokeDialog } from "./RevokeDialog";
import { StateDiagram } from "./StateDiagram";
import { SuspendDialog } from "./SuspendDialog";
import styles from "./Token.module.css";

interface EndpointProps {
  device: Device;
  status: TokenStatus;
  form: Extract<TokenForm, { form: "endpoint" }>;
}

/** Seconds after which a state that was read is read again when the card is opened. */
const FRESH = 60;

const LOOKS = {
  active: { icon: "play", variant: "primary" },
  suspended: { icon: "pause", variant: "default" },
  revoked: { icon: "forbidden", variant: "danger" },
} as const;

type Asked = keyof typeof LOOKS;

/** Kaa's endpoint token: where it stands, how old that is, and what can be asked of the hub. */
export function Endpoint({ device, status, form }: EndpointProps) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState<TokenMove | null>(null);
  const read = useCommand("token.read");
  const change = useCommand("token.change");
  const failure = change.error ?? read.error;
  useReadOnce(form, () => read.mutate({ device: device.id }));
  const moves = form.moves.filter((move): move is TokenMove & { to: Asked } => move.to in LOOKS);

  function ask(to: Asked, typed_name: string | null, reason: string | null) {
    read.reset();
    change.mutate({ device: device.id, to, typed_name, reason }, { onSuccess: () => setAsking(null) });
  }

  return (
    <>
      <StateDiagram state={status.state} moves={form.moves} />
      {!form.readable && <Note tone="quiet">{t("token.unreadable")}</Note>}
      {failure !== null && asking === null && <Failure error={failure} />}
      <div className={styles.actions}>
        {moves.map((move) => (
          <Button
            key={move.to}
            size="sm"
            icon={LOOKS[move.to].icon}
            variant={LOOKS[move.to].variant}
            reason={form.readable ? null : t("token.unreadable")}
            busy={change.isPending && asking === null}
            onClick={() => {
              change.reset();
              if (move.to === "active") ask("active", null, null);
              else setAsking(move);
            }}
          >
            {t(`token.${move.documented ? "move" : "tryMove"}.${move.to}`)}
          </Button>
        ))}
        <span className={styles.read}>
          <ReadAge at={form.read} />
          {form.readable && (
            <IconButton
              icon="refresh"
              size="sm"
              label={t("token.read")}
              busy={read.isPending}
              onClick={() => {
                change.reset();
                read.mutate({ device: device.id });
              }}
            />
          )}
        </span>
      </div>
      {asking?.to === "suspended" && (
        <SuspendDialog device={device} busy={change.isPending} error={change.error} onClose={() => setAsking(null)} onConfirm={(reason) => ask("suspended", null, reason)} />
      )}
      {asking?.to === "revoked" && (
        <RevokeDialog
          device={device}
          documented={asking.documented}
          busy={change.isPending}
          error={change.error}
          onClose={() => setAsking(null)}
          onConfirm={(name) => ask("revoked", name, null)}
        />
      )}
    </>
  );
}

/** An old state is read by itself when the card is opened, once: a hub that does not answer is not asked again and again. */
function useReadOnce({ readable, read: at }: EndpointProps["form"], read: () => void) {
  const done = useRef(false);
  useEffect(() => {
    if (done.current || !readable) return undefined;
    // After the mount is settled: a development build mounts twice, and the command would lose its answer.
    const timer = setTimeout(() => {
      done.current = true;
      if (at === null || Date.now() / 1000 - at > FRESH) read();
    });
    return () => clearTimeout(timer);
  });
}

/** How old the state is that is shown. */
function ReadAge({ at }: { at: number | null }) {
  const { t } = useTranslation();
  const ago = useClock((now) => (at === null ? null : agoWord(t, now - at)));
  return <span>{ago === null ? t("token.neverRead") : t("token.readAgo", { ago })}</span>;
}

function Failure({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const { sentence, hint, detail } = errorText(t, error);
  return (
    <Note tone="bad" title={sentence}>
      {hint} {detail}
    </Note>
  );
}
