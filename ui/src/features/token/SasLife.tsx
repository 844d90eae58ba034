import { Trans, useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { agoWord, spanWord } from "@/components/life";
import type { Device, TokenForm, TokenStatus } from "@/contract";
import { useClock } from "@/live";
import { AutoRenew } from "./AutoRenew";
import { Disc } from "./Disc";
import { makesTokens } from "./face";
import { LastRenewal } from "./LastRenewal";
import { lifeTone } from "./life";
import { Moment } from "./Moment";
import { Ring } from "./Ring";
import styles from "./Token.module.css";

interface SasLifeProps {
  device: Device;
  status: TokenStatus;
  form: Extract<TokenForm, { form: "sas" }>;
  onReplace: () => void;
}

/** A SAS token: the one of the live session, a ready-made one, or the one that a connect would make. */
export function SasLife({ device, status, form, onReplace }: SasLifeProps) {
  const { t } = useTranslation();
  const made = makesTokens(device);
  const { issued } = form;
  // What a connect would make ends a lifetime from now, whenever that is.
  const lifetime = useClock((now) => (issued === null ? spanWord(t, lifetimeOf(device) ?? form.expires - now) : null));
  if (issued === null) {
    return (
      <Disc icon="key" title={t("token.madeOnConnect")} text={t("token.lives", { span: lifetime ?? "" })}>
        <AutoRenew device={device} />
        <LastRenewal last={form.last} />
      </Disc>
    );
  }
  return <Running device={device} status={status} form={form} made={made} life={{ from: issued, to: form.expires }} onReplace={onReplace} />;
}

function lifetimeOf({ credential }: Device): number | null {
  return credential.kind === "shared_access_key" || credential.kind === "group_key" ? credential.sas.lifetime : null;
}

function Running({ device, status, form, made, life, onReplace }: SasLifeProps & { made: boolean; life: { from: number; to: number } }) {
  const { t } = useTranslation();
  const tone = useClock((now) => lifeTone(status, made, now));
  const ago = useClock((now) => (now < life.to ? null : agoWord(t, now - life.to)));
  return (
    <div className={styles.life}>
      <Ring life={life} renews={form.auto_renew ? form.renews : null} tone={tone} />
      <div className={styles.words}>
        <p className={styles.main}>
          {ago === null ? <Trans i18nKey="token.expires" components={{ time: <Moment at={life.to} /> }} /> : t("token.expiredAgo", { ago })}
        </p>
        <AutoRenew device={device} />
        {made && form.auto_renew && form.renews !== null && (
          <p className={styles.quiet}>
            <Trans i18nKey="token.renewsAt" components={{ time: <Moment at={form.renews} /> }} />
          </p>
        )}
        {made && !form.auto_renew && <p className={styles.quiet}>{t("token.autoRenewOff")}</p>}
        {!made && <p className={styles.quiet}>{t("token.readyMade")}</p>}
        <LastRenewal last={form.last} />
        {!made && (
          <div className={styles.actions}>
            <Button size="sm" variant={ago === null ? "default" : "primary"} onClick={onReplace}>
              {t("token.replace")}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}
