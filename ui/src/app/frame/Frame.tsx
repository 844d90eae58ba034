import { useCallback, useReducer, useState } from "react";
import { useTranslation } from "react-i18next";
import { useKeys } from "@/components/actions";
import { Note } from "@/components/feedback";
import { Splitter, usePaneSize } from "@/components/splitter";
import { StatusBar } from "@/features/status";
import { useRenewalToasts } from "@/features/token";
import { HubGlyphs, TreePane, useTree } from "@/features/tree";
import { VaultBanner } from "@/features/vault";
import { WorkspaceBanners } from "@/features/workspace";
import { useLink } from "@/live";
import { useFrameActions, useOpenWindow } from "../actions/useFrameActions";
import { usePageKeys } from "../actions/usePageKeys";
import { useDesk } from "../desk";
import { useMenuBar } from "../menu-bar/useMenuBar";
import { AT_START, navigate, shownTab } from "../navigation";
import { Palette } from "../palette/Palette";
import { TabStrip } from "../tabs/TabStrip";
import { Dialogs } from "./Dialogs";
import styles from "./Frame.module.css";
import { Main } from "./Main";
import { Rail } from "./Rail";
import { TopBar } from "./TopBar";
import { Unfolded } from "./Unfolded";
import { useDeletedTabs } from "./useDeletedTabs";
import { useMediaQuery } from "./useMediaQuery";
import { useTreeCredentials } from "./useTreeCredentials";

const SIDE = { name: "side", initial: 264, min: 200, max: 420 };

/** Rail, side panel, main, and the status bar across. */
export function Frame() {
  const { t } = useTranslation();
  const written = useKeys();
  const keys = { add: written.name("addHub") ?? "", confirm: written.name("confirm") ?? "" };
  const link = useLink();
  const [navigation, go] = useReducer(navigate, AT_START);
  const { tree, states, loading } = useTree();
  const shown = shownTab(navigation);
  const recent = useDesk(navigation, go, tree, loading);
  const openWindow = useOpenWindow();
  const side = usePaneSize(SIDE);
  const narrow = useMediaQuery("(max-width: 1239px)");
  const credentials = useTreeCredentials();
  const [unfolded, setUnfolded] = useState(false);
  const fold = useCallback(() => setUnfolded(false), []);

  useRenewalToasts(tree.devices);
  useFrameActions(navigation, go);
  usePageKeys();
  useMenuBar();
  useDeletedTabs(tree, loading, go);

  const treePane = (
    <TreePane
      selected={shown}
      credentials={credentials}
      addKeys={keys.add}
      onOpen={(device) => {
        go({ go: "device", device });
        fold();
      }}
      onOpenWindow={(device) => openWindow(device, "device")}
      onAddHub={(hubKind) => go({ go: "dialog", dialog: { kind: "add-hub", hubKind } })}
      onEditHub={(hub) => go({ go: "dialog", dialog: { kind: "edit-hub", hub } })}
      onHubSas={(hub) => go({ go: "dialog", dialog: { kind: "hub-sas", hub } })}
      onAddDevice={(hub) => go({ go: "dialog", dialog: { kind: "add-device", hub } })}
      onEditDevice={(hub, device) => go({ go: "dialog", dialog: { kind: "edit-device", hub, device } })}
      onStartPage={() => {
        go({ go: "start-page" });
        fold();
      }}
      onPaste={() => {
        go({ go: "start-page", paste: true });
        fold();
      }}
    />
  );

  return (
    <div className={styles.frame}>
      {link !== "open" && (
        <Note banner tone="bad" icon="plug" title={t("app.lost")}>
          {t("app.lostText")}
        </Note>
      )}
      <div className={styles.columns}>
        <Rail section={navigation.section} onSection={(section) => go({ go: "section", section })} />
        {navigation.section === "devices" && !narrow && (
          <aside className={styles.side} style={{ width: side.size }} aria-label={t("app.devices")} data-pane="">
            <div className={styles.sideBody}>{treePane}</div>
            <Splitter pane={side} what={t("app.sidePanel")} orientation="vertical" />
          </aside>
        )}
        {navigation.section === "devices" && narrow && (
          <aside className={styles.strip} aria-label={t("app.devices")} data-pane="">
            <HubGlyphs onOpen={() => setUnfolded(true)} />
            {unfolded && <Unfolded onClose={fold}>{treePane}</Unfolded>}
          </aside>
        )}
        <div className={styles.main}>
          <TopBar
            tabs={navigation.section === "devices" && <TabStrip tabs={navigation.tabs} current={shown} tree={tree} states={states} go={go} onOpenWindow={openWindow} />}
            palette={<Palette go={go} recent={recent} />}
          />
          <WorkspaceBanners />
          <VaultBanner />
          <Main navigation={navigation} go={go} keys={keys} />
        </div>
      </div>
      <StatusBar onSettings={() => go({ go: "section", section: "settings" })} />
      <Dialogs dialog={navigation.dialog} go={go} keys={keys} />
    </div>
  );
}
