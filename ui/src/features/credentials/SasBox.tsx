import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "@/components/button";
import { errorText } from "@/components/feedback";
import { useRevealed, useSecretExits } from "@/components/fields";
import type { Device, Hub } from "@/contract";
import { useLiveQuery } from "@/live";
import { CopyConnectionString } from "./CopyConnectionString";
import styles from "./Credentials.module.css";
import { SasDialog } from "./SasDialog";
import { SasFacts } from "./SasFacts";
import { SasText } from "./SasText";
import { scopesOf } from "./sasWanted";
import { useMakeSas } from "./useMakeSas";

/** The token that the device sends, as its stored credential stands: decoded, compared, and the ways to have one. */
export function SasBox({ device, hub }: { device: Device; hub: Hub }) {
  const { t } = useTranslation();
  const { data, error } = useLiveQuery("sas.current", { device: device.id });
  const exits = useSecretExits({ device: device.id });
  const { reveal } = useMakeSas();
  const [open, setOpen] = useState(false);
  const { credential } = device;
  const lifetime = credential.kind === "shared_access_key" || credential.kind === "group_key" ? credential.sas.lifetime : null;
  const mayMake = exits !== null && scopesOf(hub, device).length > 0;
  const revealed = useRevealed(async () =>
    lifetime === null ? null : reveal({ scope: { scope: "device", device: device.id }, end: { end: "after", seconds: lifetime } }),
  );
  return (
    <div className={styles.sas}>
      <div className={styles.sunken}>
        <div className={styles.sasHead}>
          <strong>{t("credentials.token")}</strong>
          <span className={styles.quiet}>{revealed.text !== null && t("common.hidesIn", { count: revealed.secondsLeft })}</span>
          {exits !== null && lifetime !== null && data !== undefined && (
            <>
              <IconButton
                icon={revealed.text === null ? "eye" : "eye-off"}
                size="sm"
                label={t(revealed.text === null ? "common.reveal" : "common.hide")}
                onClick={revealed.text === null ? revealed.show : revealed.hide}
              />
              <IconButton
                icon="copy"
                size="sm"
                label={t("credentials.copyToken")}
                onClick={() => exits.copy({ what: "sas_token" }, t("credentials.token"))}
              />
            </>
          )}
        </div>
        {data !== undefined && (
          <>
            {revealed.text === null ? <SasText masked={data.masked} /> : <code className={styles.sasText}>{revealed.text}</code>}
            <div className={styles.sasFacts}>
              <SasFacts decoded={data} />
            </div>
          </>
        )}
        {data === undefined && error !== null && <p className={styles.quiet}>{errorText(t, error).sentence}</p>}
      </div>
      <div className={styles.actions}>
        <Button size="sm" icon="key" onClick={() => setOpen(true)}>
          {t(mayMake ? "credentials.generateToken" : "credentials.readToken")}
        </Button>
        {exits !== null && hub.kind === "azure_iot_hub" && <CopyConnectionString exits={exits} />}
        {exits !== null && credential.kind === "group_key" && (
          <Button size="sm" icon="copy" onClick={() => exits.copy({ what: "derived_key" }, t("credentials.derivedKey"))}>
            {t("credentials.copyDerivedKey")}
          </Button>
        )}
      </div>
      {open && <SasDialog device={device} hub={hub} mayMake={mayMake} onClose={() => setOpen(false)} />}
    </div>
  );
}
