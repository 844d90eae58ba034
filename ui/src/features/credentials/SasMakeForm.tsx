import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { Field, Segmented, Select, TextInput, useRevealed } from "@/components/fields";
import { visibleString } from "@/components/text";
import { useToasts } from "@/components/toast";
import type { DecodedSas, Device, Hub } from "@/contract";
import styles from "./Credentials.module.css";
import { LifetimeSelect } from "./LifetimeSelect";
import { SasFacts } from "./SasFacts";
import { SasText } from "./SasText";
import { newSasForm, sasWanted, scopesOf, type SasForm } from "./sasWanted";
import { useMakeSas } from "./useMakeSas";

/** For what and until when; then the token, for 30 s, or only to the clipboard. Without a device by the hub's policy alone. */
export function SasMakeForm({ device, hub }: { device: Device | null; hub: Hub }) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const [form, setForm] = useState(() => newSasForm(hub, device));
  const [made, setMade] = useState<DecodedSas | null>(null);
  const { make } = useMakeSas();
  const change = (part: Partial<SasForm>) => setForm((old) => ({ ...old, ...part }));
  const scopes = scopesOf(hub, device);
  const wanted = sasWanted(form, hub, device);
  const revealed = useRevealed(async () => {
    const answer = wanted === null ? null : await make(wanted, "reveal");
    if (answer !== null) setMade(answer.decoded);
    return answer?.token?.text ?? null;
  });
  const hint = device === null ? t("credentials.scopePolicy", { policy: visibleString(hub.details.policy ?? "") }) : scopes.length === 1 && hub.kind === "azure_iot_hub" ? t("credentials.scopePolicyHint") : undefined;
  const reason = wanted === null ? t("credentials.notComplete") : null;

  async function copy() {
    const answer = wanted === null ? null : await make(wanted, "clipboard");
    if (answer === null) return;
    revealed.hide();
    setMade(answer.decoded);
    toasts.show({ tone: "ok", title: t("common.copied", { what: t("credentials.token") }), text: t("common.clipboardCleared") });
  }

  return (
    <>
      <Field label={t("credentials.scope")} hint={hint}>
        <Select value={form.scope} options={scopes.map((scope) => ({ value: scope, label: t(scope === "service" && hub.kind === "azure_dps" ? "credentials.provisioningService" : `credentials.scopes.${scope}`) }))} onChange={(scope) => change({ scope })} />
      </Field>
      {form.scope === "policy_device" && (
        <Field label={t("credentials.deviceId")} hint={t("credentials.allDevicesHint")}>
          <TextInput mono watchSpace value={form.deviceId} onChange={(deviceId) => change({ deviceId })} />
        </Field>
      )}
      {form.scope === "event_hubs" && (
        <>
          <Field label={t("credentials.namespace")}>
            <TextInput mono value={form.namespaceHost} placeholder={t("credentials.namespaceExample")} onChange={(namespaceHost) => change({ namespaceHost })} />
          </Field>
          <Field label={t("credentials.entity")}>
            <TextInput mono value={form.entity} onChange={(entity) => change({ entity })} />
          </Field>
        </>
      )}
      <Field label={t("credentials.ends")}>
        <Segmented
          value={form.until}
          segments={[
            { value: "lifetime", label: t("credentials.endsAfter") },
            { value: "time", label: t("credentials.endsAt") },
          ]}
          onChange={(until) => change({ until })}
        />
        {form.until === "time" && (
          <input
            type="datetime-local"
            className={styles.time}
            aria-label={t("credentials.endsAt")}
            value={form.time}
            onChange={(event) => change({ time: event.target.value })}
          />
        )}
      </Field>
      {form.until === "lifetime" && (
        <Field label={t("credentials.lifetimeLabel")}>
          <LifetimeSelect value={form.lifetime} onChange={(lifetime) => change({ lifetime })} />
        </Field>
      )}
      <div className={styles.actions}>
        <Button variant="primary" icon="eye" reason={reason} onClick={revealed.show}>
          {t("credentials.makeAndShow")}
        </Button>
        <Button icon="copy" reason={reason} onClick={() => void copy()}>
          {t("credentials.makeAndCopy")}
        </Button>
      </div>
      {made !== null && (
        <div className={styles.sunken} aria-live="polite">
          <div className={styles.sasHead}>
            <strong>{t("credentials.token")}</strong>
            <span className={styles.quiet}>{revealed.text !== null && t("common.hidesIn", { count: revealed.secondsLeft })}</span>
          </div>
          {revealed.text === null ? <SasText masked={made.masked} /> : <code className={styles.sasText}>{revealed.text}</code>}
          <div className={styles.sasFacts}>
            <SasFacts decoded={made} />
          </div>
        </div>
      )}
    </>
  );
}
