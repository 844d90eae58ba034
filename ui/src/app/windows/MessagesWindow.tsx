import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useActions } from "@/components/actions";
import { EmptyState, LoadingState } from "@/components/feedback";
import { VisibleText, visibleString } from "@/components/text";
import type { DeviceId } from "@/contract";
import { MessagesPane } from "@/features/messages";
import { SessionWords, UnverifiedBanner, useDeviceSession } from "@/features/session";
import { StatusBar } from "@/features/status";
import { useTree } from "@/features/tree";
import shape from "@/styles/pane.module.css";
import { useWindowActions, useZoomActions } from "../actions/useFrameActions";
import { usePageKeys } from "../actions/usePageKeys";
import { useMediaQuery } from "../frame/useMediaQuery";
import { TopBar } from "../frame/TopBar";
import { useMenuBar } from "../menu-bar/useMenuBar";
import { Palette } from "../palette/Palette";
import { useRecent } from "../palette/useRecent";
import styles from "./MessagesWindow.module.css";

/** A window of its own for the messages of one device, to stand beside others. */
export function MessagesWindow({ device: id }: { device: DeviceId }) {
  const { t } = useTranslation();
  const { tree, loading } = useTree();
  const session = useDeviceSession(id);
  const wide = useMediaQuery("(min-width: 900px)");
  const device = tree.devices.find((each) => each.id === id);
  const recent = useRecent();
  useActions([...useZoomActions(), ...useWindowActions(id)]);
  usePageKeys();
  useMenuBar();

  useEffect(() => {
    if (device !== undefined) document.title = t("app.messagesOf", { name: visibleString(device.name) });
  }, [device, t]);

  if (device === undefined) {
    return (
      <main className={shape.column} aria-label={t("app.content")}>
        {loading ? <LoadingState /> : <EmptyState icon="server" title={t("app.deviceGone")} text={t("app.deviceGoneText")} />}
      </main>
    );
  }
  return (
    <div className={styles.window}>
      <TopBar
        tabs={
          <header className={styles.header}>
            <h1 className={styles.name}>
              <VisibleText text={device.name} />
            </h1>
            <SessionWords session={session} />
          </header>
        }
        palette={<Palette go={null} recent={recent} />}
      />
      <main className={shape.column} aria-label={t("app.content")}>
        <UnverifiedBanner device={device} />
        <MessagesPane device={device} online={session?.state.state === "online"} wide={wide} />
      </main>
      <StatusBar />
    </div>
  );
}
