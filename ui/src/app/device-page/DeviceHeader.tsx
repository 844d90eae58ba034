import { useTranslation } from "react-i18next";
import type { Device, Hub, Session } from "@/contract";
import { useActions, useKeys } from "@/components/actions";
import { Button, IconButton } from "@/components/button";
import { Icon } from "@/components/icon";
import { VisibleText } from "@/components/text";
import { isUp, KeyLogMark, SessionWords, UnverifiedMark, useConnect } from "@/features/session";
import { HUB_ICONS } from "@/features/tree";
import styles from "./DevicePage.module.css";

interface DeviceHeaderProps {
  device: Device;
  hub: Hub;
  session: Session | null;
  onEdit: () => void;
  onDiagnose: () => void;
}

/** Name, hub, state since when, and the one button that changes it. */
export function DeviceHeader({ device, hub, session, onEdit, onDiagnose }: DeviceHeaderProps) {
  const { t } = useTranslation();
  const { connect, disconnect } = useConnect(device);
  const up = isUp(session);
  const kind = t(`device.kind.${hub.kind}`);
  const keys = useKeys();
  const toggle = up ? disconnect : connect;

  useActions([
    { id: "toggleConnection", label: t(up ? "session.disconnect" : "session.connect"), run: toggle },
    { id: "diagnose", run: onDiagnose },
    { id: "editDevice", run: onEdit },
  ]);

  return (
    <header className={styles.header} data-pane="">
      <div className={styles.identity}>
        <h1 className={styles.name}>
          <VisibleText text={device.name} />
          <IconButton icon="edit" size="sm" label={t("device.edit")} onClick={onEdit} />
        </h1>
        <p className={styles.about}>
          <Icon name={HUB_ICONS[hub.kind]} size={12} />
          <span>
            <VisibleText text={hub.name === kind ? kind : t("device.about", { hub: hub.name, kind })} />
          </span>
        </p>
      </div>
      <div className={styles.state}>
        <SessionWords session={session} />
        <KeyLogMark device={device} />
        <UnverifiedMark device={device} />
      </div>
      <Button icon="stethoscope" aria-keyshortcuts={keys.aria("diagnose")} onClick={onDiagnose}>
        {t("diagnose.open")}
      </Button>
      <Button
        icon="plug"
        variant={up ? "default" : "primary"}
        busy={session?.state.state === "closing"}
        aria-keyshortcuts={keys.aria("toggleConnection")}
        onClick={toggle}
      >
        {t(up ? "session.disconnect" : "session.connect")}
      </Button>
    </header>
  );
}
