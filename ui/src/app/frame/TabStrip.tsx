import { useEffect, useRef, type Dispatch, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { cx } from "@/components/cx";
import { Icon, Mark } from "@/components/icon";
import { VisibleText, visibleString } from "@/components/text";
import type { DeviceId, Tree } from "@/contract";
import { HUB_ICONS, type DeviceStates } from "@/features/tree";
import type { Move } from "../navigation";
import styles from "./TabStrip.module.css";

interface TabStripProps {
  tabs: readonly DeviceId[];
  current: DeviceId;
  tree: Tree;
  states: DeviceStates;
  go: Dispatch<Move>;
}

/** Tabs of the open devices. Closing a tab leaves its session alone. */
export function TabStrip({ tabs, current, tree, states, go }: TabStripProps) {
  const { t } = useTranslation();
  const strip = useRef<HTMLDivElement>(null);

  // More tabs than have room scroll; the one whose page is open stays in sight.
  useEffect(() => {
    const box = strip.current;
    const tab = box?.querySelector<HTMLElement>("[aria-selected=true]");
    if (box === null || tab === null || tab === undefined) return;
    const [left, right] = [tab.offsetLeft, tab.offsetLeft + tab.offsetWidth];
    if (left < box.scrollLeft) box.scrollLeft = left;
    else if (right > box.scrollLeft + box.clientWidth) box.scrollLeft = right - box.clientWidth;
  }, [current, tabs.length]);

  function onKeyDown(event: KeyboardEvent<HTMLElement>, device: DeviceId) {
    const at = tabs.indexOf(device);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (event.key === "Delete") go({ go: "close-tab", device });
    else if (next !== undefined) {
      const to = tabs[(next + tabs.length) % tabs.length];
      if (to === undefined) return;
      go({ go: "device", device: to });
      event.currentTarget.parentElement?.querySelector<HTMLElement>(`[data-tab="${to}"]`)?.focus();
    } else return;
    event.preventDefault();
  }

  return (
    <div ref={strip} className={styles.strip} role="tablist" aria-label={t("app.openDevices")} data-pane="">
      {tabs.map((id) => {
        const device = tree.devices.find((each) => each.id === id);
        const hub = tree.hubs.find((each) => each.id === device?.hub);
        if (device === undefined || hub === undefined) return null;
        const here = id === current;
        return (
          <div
            key={id}
            role="tab"
            data-tab={id}
            tabIndex={here ? 0 : -1}
            aria-selected={here}
            aria-controls={here ? "device-page" : undefined}
            aria-label={`${visibleString(device.name)}, ${t(`tree.state.${states[id] ?? "idle"}`)}`}
            aria-keyshortcuts="Delete"
            className={cx(styles.tab, here && styles.here)}
            onClick={() => go({ go: "device", device: id })}
            onAuxClick={(event) => event.button === 1 && go({ go: "close-tab", device: id })}
            onKeyDown={(event) => onKeyDown(event, id)}
          >
            <Mark state={states[id] ?? "idle"} />
            <Icon name={HUB_ICONS[hub.kind]} size={14} className={styles.glyph} />
            <span className={styles.name}>
              <VisibleText text={device.name} />
            </span>
            {/* For the pointer only: what is inside a tab is not told to screen readers. Keys use Delete on the tab. */}
            <span
              aria-hidden="true"
              className={styles.close}
              title={t("app.closeTab", { name: visibleString(device.name) })}
              onClick={(event) => {
                event.stopPropagation();
                go({ go: "close-tab", device: id });
              }}
            >
              <Icon name="close" size={12} />
            </span>
          </div>
        );
      })}
    </div>
  );
}
