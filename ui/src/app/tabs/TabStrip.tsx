import { useEffect, useRef, useState, type Dispatch, type DragEvent, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { useKeys } from "@/components/actions";
import { IconButton } from "@/components/button";
import { Menu, type MenuEntry } from "@/components/overlay";
import { visibleString } from "@/components/text";
import type { DeviceId, Tree, WindowPart } from "@/contract";
import { HUB_ICONS, type DeviceStates } from "@/features/tree";
import type { Move } from "../navigation";
import { Tab } from "./Tab";
import styles from "./TabStrip.module.css";
import { useOverflow } from "./useOverflow";

interface TabStripProps {
  tabs: readonly DeviceId[];
  /** null: another page is shown. */
  current: DeviceId | null;
  tree: Tree;
  states: DeviceStates;
  go: Dispatch<Move>;
  onOpenWindow: (device: DeviceId, part: WindowPart) => void;
}

/** Tabs of the open devices. Closing a tab leaves its session alone; more than have room scroll, and a menu lists all. */
export function TabStrip({ tabs, current, tree, states, go, onOpenWindow }: TabStripProps) {
  const { t } = useTranslation();
  const keys = useKeys();
  const strip = useRef<HTMLDivElement>(null);
  const overflows = useOverflow(strip, tabs.length);
  const [drag, setDrag] = useState<{ device: DeviceId; to: number } | null>(null);
  const open = tabs.flatMap((id) => {
    const device = tree.devices.find((each) => each.id === id);
    const hub = tree.hubs.find((each) => each.id === device?.hub);
    return device === undefined || hub === undefined ? [] : [{ device, hub }];
  });

  // The tab whose page is open stays in sight.
  useEffect(() => {
    strip.current?.querySelector("[aria-selected=true]")?.scrollIntoView?.({ block: "nearest", inline: "nearest" });
  }, [current, tabs.length]);

  function onKeyDown(event: KeyboardEvent<HTMLElement>, device: DeviceId) {
    const at = tabs.indexOf(device);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (event.key === "Delete") go({ go: "close-tab", device });
    else if (next !== undefined && !event.ctrlKey && !event.altKey && !event.metaKey) {
      const to = tabs[(next + tabs.length) % tabs.length];
      if (to === undefined) return;
      go({ go: "device", device: to });
      strip.current?.querySelector<HTMLElement>(`[data-tab="${to}"]`)?.focus();
    } else return;
    event.preventDefault();
  }

  /** Before or behind the tab under the pointer, by its middle. */
  function onDragOver(event: DragEvent, at: number) {
    if (drag === null) return;
    event.preventDefault();
    const box = event.currentTarget.getBoundingClientRect();
    const behind = event.clientX > box.left + box.width / 2 ? 1 : 0;
    const from = tabs.indexOf(drag.device);
    setDrag({ ...drag, to: at + behind - (from < at + behind ? 1 : 0) });
  }

  /** Where the dragged tab would land, seen from the tab at this place. */
  function edgeOf(at: number): "left" | "right" | null {
    if (drag === null) return null;
    const from = tabs.indexOf(drag.device);
    if (drag.to === at && at < from) return "left";
    return drag.to === at && at > from ? "right" : null;
  }

  function menuOf(device: DeviceId): MenuEntry[] {
    const at = tabs.indexOf(device);
    const of = (id: Parameters<typeof keys.name>[0]) => (device === current ? keys.name(id) : undefined);
    return [
      { label: t("actions.names.closeTab"), icon: "close", keys: of("closeTab"), onSelect: () => go({ go: "close-tab", device }) },
      { label: t("app.closeOtherTabs"), disabled: tabs.length < 2, onSelect: () => go({ go: "close-other-tabs", device }) },
      "separator",
      { label: t("actions.names.moveTabLeft"), icon: "arrow-left", keys: of("moveTabLeft"), disabled: at === 0, onSelect: () => go({ go: "move-tab", device, to: at - 1 }) },
      { label: t("actions.names.moveTabRight"), icon: "arrow-right", keys: of("moveTabRight"), disabled: at === tabs.length - 1, onSelect: () => go({ go: "move-tab", device, to: at + 1 }) },
      "separator",
      { label: t("actions.names.deviceWindow"), icon: "copy", keys: of("deviceWindow"), onSelect: () => onOpenWindow(device, "device") },
      { label: t("actions.names.messagesWindow"), icon: "list", onSelect: () => onOpenWindow(device, "messages") },
    ];
  }

  if (open.length === 0) return null;
  const stop = open.find(({ device }) => device.id === current)?.device.id ?? open[0]?.device.id;
  const all: MenuEntry[] = open.map(({ device, hub }) => ({ label: visibleString(device.name), icon: HUB_ICONS[hub.kind], onSelect: () => go({ go: "device", device: device.id }) }));
  return (
    <>
      <div ref={strip} className={styles.strip} role="tablist" aria-label={t("app.openDevices")}>
        {open.map(({ device, hub }, at) => (
          <Tab
            key={device.id}
            device={device}
            hub={hub}
            state={states[device.id] ?? "idle"}
            here={device.id === current}
            stop={device.id === stop}
            edge={edgeOf(at)}
            menu={menuOf(device.id)}
            onOpen={() => go({ go: "device", device: device.id })}
            onClose={() => go({ go: "close-tab", device: device.id })}
            onKeyDown={(event) => onKeyDown(event, device.id)}
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = "move";
              // WebKit drags nothing without data; the name is harmless wherever it is dropped.
              event.dataTransfer.setData("text/plain", device.name);
              setDrag({ device: device.id, to: at });
            }}
            onDragOver={(event) => onDragOver(event, at)}
            onDrop={(event) => {
              event.preventDefault();
              if (drag !== null) go({ go: "move-tab", ...drag });
            }}
            onDragEnd={() => setDrag(null)}
          />
        ))}
      </div>
      {overflows && <Menu align="end" trigger={<IconButton icon="chevron-down" label={t("app.allTabs", { count: open.length })} size="sm" className={styles.all} />} items={all} />}
    </>
  );
}
