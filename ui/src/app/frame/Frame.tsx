import { useCallback, useEffect, useReducer, useState } from "react";
import { useTranslation } from "react-i18next";
import { Note } from "@/components/feedback";
import { Splitter, usePaneSize } from "@/components/splitter";
import { StatusBar } from "@/features/status";
import { useRenewalToasts } from "@/features/token";
import { HubGlyphs, TreePane, useTree } from "@/features/tree";
import { VaultBanner } from "@/features/vault";
import { WorkspaceBanners } from "@/features/workspace";
import { useLink, useWelcome } from "@/live";
import { usePlatform } from "@/platform";
import { AT_START, navigate } from "../navigation";
import { keyNames } from "../shortcuts";
import { Dialogs } from "./Dialogs";
import styles from "./Frame.module.css";
import { Main } from "./Main";
import { Rail } from "./Rail";
import { Unfolded } from "./Unfolded";
import { useMediaQuery } from "./useMediaQuery";
import { useShortcuts } from "./useShortcuts";
import { useTreeCredentials } from "./useTreeCredentials";

const SIDE = { name: "side", initial: 264, min: 200, max: 420 };

/** Rail, side panel, main, and the status bar across. */
export function Frame() {
  const { t } = useTranslation();
  const { platform: system } = useWelcome();
  const inBrowser = usePlatform().kind === "web";
  const keys = keyNames(system, inBrowser);
  const link = useLink();
  const [navigation, go] = useReducer(navigate, AT_START);
  const { tree, loading } = useTree();
  const side = usePaneSize(SIDE);
  const narrow = useMediaQuery("(max-width: 1239px)");
  const credentials = useTreeCredentials();
  const [unfolded, setUnfolded] = useState(false);
  const fold = useCallback(() => setUnfolded(false), []);

  useRenewalToasts(tree.devices);
  useShortcuts(navigation, go, inBrowser);

  useEffect(() => {
    if (!loading) go({ go: "known", devices: new Set(tree.devices.map((device) => device.id)) });
  }, [tree, loading]);

  const treePane = (
    <TreePane
      selected={navigation.section === "devices" && !navigation.startPage ? navigation.current : null}
      credentials={credentials}
      addKeys={keys.add}
      onOpen={(device) => {
        go({ go: "device", device });
        fold();
      }}
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
