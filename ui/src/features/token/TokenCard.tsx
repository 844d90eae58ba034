import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { spanWord } from "@/components/life";
import type { Device, TokenStatus } from "@/contract";
import { useClock, useLiveQuery } from "@/live";
import { makesTokens } from "./face";
import { CertificateLife } from "./CertificateLife";
import { EndlessLife } from "./EndlessLife";
import { Disc } from "./Disc";
import { Endpoint } from "./Endpoint";
import { History } from "./History";
import { SasLife } from "./SasLife";
import { isRefused } from "./state";
import { StatePill } from "./StatePill";
import { useRenew } from "./useRenew";
import styles from "./Token.module.css";

interface TokenCardProps {
  device: Device;
  /** Its session is up. */
  online: boolean;
  /** Opens the device's form, where another credential can be entered. */
  onReplace: () => void;
}

/** The state of the device's credential and the time it has left. Nothing for a device without one. */
export function TokenCard({ device, online, onReplace }: TokenCardProps) {
  const { t } = useTranslation();
  const { data: status } = useLiveQuery("token.status", { device: device.id });
  const renew = useRenew(device);
  if (status === undefined || status.form.form === "plain") return null;
  return (
    <Card
      title={t("token.title")}
      meta={<Meta status={status} />}
      actions={
        online &&
        makesTokens(device) && (
          <Button variant="ghost" size="sm" icon="refresh" busy={renew.busy} onClick={renew.run}>
            {t("token.renew")}
          </Button>
        )
      }
    >
      <div className={styles.card}>
        <Life device={device} status={status} onReplace={onReplace} />
        <History device={device.id} open={status.form.form === "endpoint"} />
      </div>
    </Card>
  );
}

/** The state, and for how long it has been. */
function Meta({ status }: { status: TokenStatus }) {
  const { t } = useTranslation();
  const span = useClock((now) => (status.since === null ? null : spanWord(t, Math.max(0, now - status.since))));
  const told = status.form.form === "endpoint" && span !== null;
  return (
    <span className={styles.meta}>
      <StatePill state={status.state} unrenewed={status.form.form === "sas" && (status.form.last?.error ?? null) !== null} />
      {told && <span className={styles.since}>{t("token.for", { span })}</span>}
    </span>
  );
}

function Life({ device, status, onReplace }: { device: Device; status: TokenStatus; onReplace: () => void }) {
  const { t } = useTranslation();
  const { form, state } = status;
  if (isRefused(state) && form.form !== "endpoint") {
    return <Disc icon="forbidden" title={t(`token.refused.${state}`)} text={t("token.refusedText")} />;
  }
  switch (form.form) {
    case "plain":
      return null;
    case "sas":
      return <SasLife device={device} status={status} form={form} onReplace={onReplace} />;
    case "certificate":
      return <CertificateLife status={status} form={form} onReplace={onReplace} />;
    case "endless":
      return <EndlessLife form={form} onReplace={onReplace} />;
    case "endpoint":
      return <Endpoint device={device} status={status} form={form} />;
  }
}
