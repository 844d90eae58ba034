import type { Dispatch } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { EmptyState, ErrorState, LoadingState } from "@/components/feedback";
import type { HubKind, PasteAdded } from "@/contract";
import { CertificatesPage } from "@/features/certificates";
import { FirstRunPage } from "@/features/first-run";
import { SettingsPage } from "@/features/settings";
import { TransferCard } from "@/features/transfer";
import { useTree } from "@/features/tree";
import { VaultCard } from "@/features/vault";
import { usePlatform } from "@/platform";
import type { Move, Navigation } from "../navigation";
import type { KeyNames } from "./KeyNames";
import { DeviceTabs } from "./DeviceTabs";
import styles from "./Main.module.css";

interface MainProps {
  navigation: Navigation;
  go: Dispatch<Move>;
  keys: KeyNames;
}

/** The main part: settings, certificates, the ways to begin, or the open devices. */
export function Main({ navigation, go, keys }: MainProps) {
  const { t } = useTranslation();
  const { tree, loading, error, retry } = useTree();
  const platform = usePlatform();

  /** To the pasted device; after a hub alone on to its first device. */
  async function afterPaste({ hub: id, device, message }: PasteAdded) {
    if (device !== null) {
      go({ go: "device", device, message });
      return;
    }
    const { hubs } = await platform.call("tree.get", {});
    const hub = hubs.find((each) => each.id === id);
    if (hub !== undefined) go({ go: "dialog", dialog: { kind: "add-device", hub } });
  }

  if (navigation.section === "settings") {
    return (
      <main className={styles.scroll} aria-label={t("app.settings")} data-pane="">
        <SettingsPage field={navigation.field}>
          <VaultCard />
          <TransferCard />
        </SettingsPage>
      </main>
    );
  }
  if (navigation.section === "certificates") {
    return (
      <CertificatesPage
        selected={navigation.certificate}
        confirmKeys={keys.confirm}
        onSelect={(name) => go({ go: "certificate", name })}
        onOpenDevice={(device) => go({ go: "device", device })}
        onOpenHub={(id) => {
          const hub = tree.hubs.find((each) => each.id === id);
          if (hub !== undefined) go({ go: "dialog", dialog: { kind: "edit-hub", hub } });
        }}
      />
    );
  }
  if (loading || error !== null) {
    return (
      <main className={styles.scroll} aria-label={t("app.content")} data-pane="">
        {loading ? <LoadingState /> : <ErrorState error={error} onRetry={retry} />}
      </main>
    );
  }
  if (tree.hubs.length === 0 || navigation.startPage) {
    return (
      <main className={styles.scroll} aria-label={t("app.content")} data-pane="">
        <FirstRunPage
          again={tree.hubs.length > 0}
          paste={navigation.paste}
          addKeys={keys.add}
          confirmKeys={keys.confirm}
          onOpen={(device) => go({ go: "device", device })}
          onAddHub={(hubKind: HubKind) => go({ go: "dialog", dialog: { kind: "add-hub", hubKind } })}
          onAdded={(added) => void afterPaste(added)}
        />
      </main>
    );
  }
  if (navigation.current === null) {
    return (
      <main className={styles.nothing} aria-label={t("app.content")} data-pane="">
        <EmptyState
          icon="plug"
          title={t("app.nothingOpen")}
          text={t("app.nothingOpenText")}
          action={
            <Button icon="plus" onClick={() => go({ go: "start-page" })}>
              {t("app.addHub")}
            </Button>
          }
        />
      </main>
    );
  }
  return <DeviceTabs navigation={navigation} current={navigation.current} go={go} keys={keys} />;
}
