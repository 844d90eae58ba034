import { useEffect, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState, ErrorState, LoadingState } from "@/components/feedback";
import type { Welcome } from "@/contract";
import { UnlockScreen, useUnlockGate } from "@/features/vault";
import { troubleOf, WorkspaceTrouble } from "@/features/workspace";
import { DEFAULT_SETTINGS, useLive, useLiveQuery } from "@/live";
import { Frame } from "./frame/Frame";
import styles from "./Gate.module.css";
import { useLook } from "./useLook";
import { WINDOW } from "./windows/look";
import { MessagesWindow } from "./windows/MessagesWindow";

/** Lets the page in once Hubscope has said hello; before, it says what it waits for. */
export function Gate() {
  const { t } = useTranslation();
  const { link, welcome, failure } = useLive();
  useLook(welcome?.settings ?? DEFAULT_SETTINGS);
  if (link === "refused") {
    return (
      <Alone>
        <EmptyState icon="plug" title={t("app.refused")} text={t("app.refusedText")} />
      </Alone>
    );
  }
  if (welcome !== null) return <Inside welcome={welcome} />;
  return (
    <Alone>
      {failure === null ? <LoadingState title={t("app.connecting")} /> : <ErrorState title={t("app.helloFailed")} error={failure} />}
    </Alone>
  );
}

function Inside({ welcome }: { welcome: Welcome }) {
  const { data } = useLiveQuery("workspace.get", {});
  const { data: settings } = useLiveQuery("settings.get", {});
  useLook(settings ?? welcome.settings);
  const workspace = data ?? welcome.workspace;
  const trouble = troubleOf(workspace);
  if (trouble === null) return <Lockable locked={workspace.vault.level === "locked"} />;
  return (
    <Alone>
      <WorkspaceTrouble trouble={trouble} location={workspace.location} />
    </Alone>
  );
}

/** The frame stays as it is behind the unlock screen: tabs, drafts and selections are there when the vault opens. */
function Lockable({ locked }: { locked: boolean }) {
  const { skipped, skip, ask } = useUnlockGate();
  const shut = locked && !skipped;
  useEffect(() => {
    // When it is locked the next time, it asks again.
    if (!locked) ask();
  }, [locked, ask]);
  return (
    <>
      <div className={styles.behind} inert={shut}>
        {WINDOW.kind === "messages" ? <MessagesWindow device={WINDOW.device} /> : <Frame />}
      </div>
      {shut && <UnlockScreen onSkip={skip} />}
    </>
  );
}

/** A browser that was not given a token. */
export function NoToken() {
  const { t } = useTranslation();
  return (
    <Alone>
      <EmptyState icon="key" title={t("app.noToken")} text={t("app.noTokenText")} />
    </Alone>
  );
}

function Alone({ children }: { children: ReactNode }) {
  return <main className={styles.alone}>{children}</main>;
}
