import type { DragEvent, KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { useKeys } from "@/components/actions";
import { cx } from "@/components/cx";
import { Icon, Mark } from "@/components/icon";
import { ContextMenu, type MenuEntry } from "@/components/overlay";
import { VisibleText, visibleString } from "@/components/text";
import type { Device, Hub } from "@/contract";
import { HUB_ICONS, type DeviceStates } from "@/features/tree";
import { useUnverified } from "@/live";
import styles from "./TabStrip.module.css";

interface TabProps {
  device: Device;
  hub: Hub;
  state: DeviceStates[string];
  here: boolean;
  /** The tab that takes the focus. */
  stop: boolean;
  /** A tab that is dragged would land at this edge. */
  edge: "left" | "right" | null;
  menu: MenuEntry[];
  onOpen: () => void;
  onClose: () => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  onDragStart: (event: DragEvent) => void;
  onDragOver: (event: DragEvent) => void;
  onDrop: (event: DragEvent) => void;
  onDragEnd: () => void;
}

/** One open device. */
export function Tab({ device, hub, state, here, stop, edge, menu, onOpen, onClose, onKeyDown, ...drag }: TabProps) {
  const { t } = useTranslation();
  const keys = useKeys();
  const unverified = useUnverified(device.id);
  const close = t("app.closeTab", { name: visibleString(device.name) });
  const tab = (
    <div
      {...drag}
      role="tab"
      data-tab={device.id}
      data-edge={edge ?? undefined}
      draggable
      tabIndex={stop ? 0 : -1}
      aria-selected={here}
      aria-controls={here ? "device-page" : undefined}
      aria-label={[visibleString(device.name), t(`tree.state.${state}`), ...(unverified ? [t("unverified.name")] : [])].join(", ")}
      aria-keyshortcuts="Delete"
      className={cx(styles.tab, here && styles.here, unverified && styles.unverified)}
      onClick={onOpen}
      onKeyDown={onKeyDown}
      onAuxClick={(event) => event.button === 1 && onClose()}
    >
      <Mark state={state} />
      <Icon name={HUB_ICONS[hub.kind]} size={14} className={styles.glyph} />
      {unverified && <Icon name="shield" size={14} className={styles.unverifiedIcon} />}
      <span className={styles.name}>
        <VisibleText text={device.name} />
      </span>
      {/* For the pointer only: what is inside a tab is not told to screen readers. Keys use Delete on the tab. */}
      <span
        aria-hidden="true"
        className={styles.close}
        title={here ? `${close} (${keys.name("closeTab") ?? ""})` : close}
        onClick={(event) => {
          event.stopPropagation();
          onClose();
        }}
      >
        <Icon name="close" size={12} />
      </span>
    </div>
  );
  return <ContextMenu items={menu} area={tab} />;
}
