import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Device, Hub, Session, Subscription, SubscriptionStatus } from "@/contract";
import { IconButton } from "@/components/button";
import { Card } from "@/components/card";
import { Switch } from "@/components/fields";
import { Menu } from "@/components/overlay";
import { VisibleText, visibleString } from "@/components/text";
import { formatNumber, renderText } from "@/i18n";
import { useLiveQuery } from "@/live";
import styles from "./Session.module.css";
import { SubscriptionDialog } from "./SubscriptionDialog";
import { useSubscriptionActions } from "./use-subscription-actions";

interface SubscriptionsCardProps {
  device: Device;
  hub: Hub;
  session: Session | null;
  /** The keys that confirm a dialog on this system. */
  confirmKeys: string;
}

/** What the device is subscribed to: colour, filter, what was granted, how much came in, and a switch. */
export function SubscriptionsCard({ device, hub, session, confirmKeys }: SubscriptionsCardProps) {
  const { t } = useTranslation();
  const { data } = useLiveQuery("subscription.list", { device: device.id });
  const [form, setForm] = useState<Subscription | "new" | null>(null);
  const subscriptions = data?.subscriptions ?? [];
  return (
    <Card
      title={t("session.subscriptions")}
      actions={<IconButton icon="plus" size="sm" label={t("session.addSubscription")} onClick={() => setForm("new")} />}
    >
      {data && subscriptions.length === 0 && <p className={styles.none}>{t("session.noSubscriptions")}</p>}
      {subscriptions.length > 0 && (
        <ul className={styles.subscriptions} aria-label={t("session.subscriptionList")}>
          {subscriptions.map((subscription) => (
            <SubscriptionRow
              key={subscription.id}
              subscription={subscription}
              status={session?.subscriptions.find((each) => each.subscription === subscription.id) ?? null}
              online={session?.state.state === "online"}
              onEdit={() => setForm(subscription)}
            />
          ))}
        </ul>
      )}
      {form !== null && (
        <SubscriptionDialog
          device={device}
          hub={hub}
          defaultQos={hub.details.defaults?.subscribe_qos ?? 0}
          subscription={form === "new" ? null : form}
          confirmKeys={confirmKeys}
          onClose={() => setForm(null)}
        />
      )}
    </Card>
  );
}

interface SubscriptionRowProps {
  subscription: Subscription;
  status: SubscriptionStatus | null;
  online: boolean;
  onEdit: () => void;
}

function SubscriptionRow({ subscription, status, online, onEdit }: SubscriptionRowProps) {
  const { t } = useTranslation();
  const actions = useSubscriptionActions();
  const { filter, alias, enabled, colour } = subscription;
  const shown = visibleString(alias ?? filter);
  const refused = enabled && status?.grant.status === "refused" ? renderText(status.grant.reason) : null;
  return (
    <li className={styles.subscription} data-off={enabled ? undefined : ""}>
      <span className={styles.swatch} data-colour={colour} />
      <span className={styles.filter} title={visibleString(filter)}>
        {alias !== null && <VisibleText className={styles.alias} text={alias} />}
        <VisibleText className={styles.topic} text={filter} />
      </span>
      <Granted subscription={subscription} status={status} online={online} />
      <span className={styles.count} title={status ? t("session.received", { number: formatNumber(status.received) }) : undefined}>
        {status ? formatNumber(status.received) : ""}
      </span>
      <Menu
        align="end"
        trigger={<IconButton icon="more" size="sm" className={styles.more} label={t("session.more", { filter: shown })} />}
        items={[
          { label: t("common.edit"), icon: "edit", onSelect: onEdit },
          "separator",
          { label: t("common.delete"), icon: "trash", danger: true, onSelect: () => void actions.remove(subscription) },
        ]}
      />
      <Switch checked={enabled} onChange={(on) => void actions.save({ ...subscription, enabled: on })} aria-label={t("session.on", { filter: shown })} />
      {refused !== null && <p className={styles.refusal}>{t("session.refusedSubscription", { reason: refused })}</p>}
    </li>
  );
}

function Granted({ subscription, status, online }: Pick<SubscriptionRowProps, "subscription" | "status" | "online">) {
  const { t } = useTranslation();
  const asked = subscription.qos;
  if (!subscription.enabled || !online || status === null) return <span className={styles.granted}>{t("session.granted", { qos: asked })}</span>;
  const { grant } = status;
  if (grant.status === "pending") {
    return (
      <span className={styles.granted} title={t("session.pending")}>
        …
      </span>
    );
  }
  if (grant.status === "refused") return <span className={styles.granted} data-refused="" aria-hidden="true">✕</span>;
  const less = grant.qos < asked;
  return (
    <span
      className={styles.granted}
      data-less={less ? "" : undefined}
      title={less ? t("session.grantedLess", { asked, qos: grant.qos }) : t("session.grantedName", { qos: grant.qos })}
    >
      {t("session.granted", { qos: grant.qos })}
    </span>
  );
}
