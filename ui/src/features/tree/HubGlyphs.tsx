import { useTranslation } from "react-i18next";
import { IconButton } from "@/components/button";
import { visibleString } from "@/components/text";
import styles from "./Tree.module.css";
import { HUB_ICONS } from "./TreeRowView";
import { useTree } from "./useTree";

/** What is left of the tree in a narrow window: a glyph per hub; each opens the whole tree. */
export function HubGlyphs({ onOpen }: { onOpen: () => void }) {
  const { t } = useTranslation();
  const { tree, states } = useTree();
  const live = new Set(tree.devices.filter((device) => states[device.id] === "online").map((device) => device.hub));
  return (
    <div className={styles.glyphs}>
      <IconButton icon="list" label={t("app.showDevices")} onClick={onOpen} data-pane-start="" />
      {tree.hubs.map((hub) => (
        <span key={hub.id} className={styles.glyphButton}>
          <IconButton icon={HUB_ICONS[hub.kind]} label={t("tree.openHub", { name: visibleString(hub.name) })} onClick={onOpen} />
          {live.has(hub.id) && <span className={styles.liveDot} />}
        </span>
      ))}
    </div>
  );
}
