import { useTranslation } from "react-i18next";
import type { Device, Hub, PastedMessage, Session } from "@/contract";
import { cx } from "@/components/cx";
import { Splitter, usePaneSize } from "@/components/splitter";
import { BrokerTestButton } from "@/features/broker-test";
import { Composer } from "@/features/composer";
import { CredentialsCard } from "@/features/credentials";
import { MessagesPane } from "@/features/messages";
import { SessionCard, SubscriptionsCard, UnverifiedBanner } from "@/features/session";
import { TokenCard, useTokenBlock } from "@/features/token";
import shape from "@/styles/pane.module.css";
import { useMediaQuery } from "../frame/useMediaQuery";
import styles from "./DevicePage.module.css";

interface LivePanelProps {
  device: Device;
  hub: Hub;
  session: Session | null;
  message: PastedMessage | null;
  confirmKeys: string;
  /** Opens the device's form. */
  onEdit: () => void;
  onDiagnose: () => void;
}

const LEFT = { name: "device.left", initial: 376, min: 344, max: 460 };
const LEFT_NARROW = { name: "device.left.narrow", initial: 300, min: 264, max: 376 };
const COMPOSER = { name: "device.composer", initial: 270, min: 176, max: 640 };

/**
 * The device's connection at the left, its messages and the composer at the right; in a zoomed page, which has less
 * room than the smallest window, one below the other.
 */
export function LivePanel({ device, hub, session, message, confirmKeys, onEdit, onDiagnose }: LivePanelProps) {
  const { t } = useTranslation();
  const wide = useMediaQuery("(min-width: 1080px)");
  const stacked = useMediaQuery("(max-width: 899px)");
  const left = usePaneSize(wide ? LEFT : LEFT_NARROW);
  const composer = usePaneSize(COMPOSER);
  const block = useTokenBlock(device.id);
  const online = session?.state.state === "online";
  return (
    <div className={cx(styles.live, stacked && styles.stacked)}>
      <section className={styles.left} style={stacked ? undefined : { width: left.size }} aria-label={t("device.connection")} data-pane="">
        <CredentialsCard device={device} hub={hub} />
        <TokenCard device={device} online={online} onReplace={onEdit} />
        <SessionCard
          device={device}
          hub={hub}
          session={session}
          onDiagnose={onDiagnose}
          actions={(hub.kind === "mqtt_broker" || hub.kind === "sandbox") && <BrokerTestButton device={device} hub={hub} />}
        />
        <SubscriptionsCard device={device} hub={hub} session={session} confirmKeys={confirmKeys} />
      </section>
      {!stacked && <Splitter pane={left} what={t("device.leftColumn")} orientation="vertical" />}
      <div className={cx(shape.column, styles.right)}>
        <UnverifiedBanner device={device} />
        <MessagesPane device={device} online={online} wide={wide} />
        {!stacked && <Splitter pane={composer} what={t("device.composer")} orientation="horizontal" after />}
        <div className={styles.composer} style={stacked ? undefined : { height: composer.size }}>
          <Composer
            device={device}
            hub={hub}
            online={online}
            off={block === null ? null : t(`composer.off.${block}`)}
            message={message}
            confirmKeys={confirmKeys}
          />
        </div>
      </div>
    </div>
  );
}
