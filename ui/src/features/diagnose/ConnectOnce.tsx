import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { FormError } from "@/components/form";
import { Dialog } from "@/components/overlay";
import type { Device } from "@/contract";
import { useCommand } from "@/live";
import { wireError } from "@/platform";
import styles from "./Diagnose.module.css";

interface ConnectOnceProps {
  device: Device;
  endpoint: string;
  /** The session is on its way. */
  onConnected: () => void;
}

/** Connects once without a check of the server: asks, and asks again before credentials go to whoever answers. */
export function ConnectOnce({ device, endpoint, onConnected }: ConnectOnceProps) {
  const { t } = useTranslation();
  const command = useCommand("session.connect_once");
  const [asks, setAsks] = useState<"connect" | "credentials" | null>(null);
  const safe = useRef<HTMLButtonElement>(null);
  const credentials = asks === "credentials";

  function connect() {
    if (command.isPending) return;
    command.mutate(
      { device: device.id, send_credentials: credentials },
      {
        onSuccess: onConnected,
        onError: (thrown) => {
          if (wireError(thrown)?.code !== "credentials_unconfirmed") return;
          command.reset();
          setAsks("credentials");
          // What was pressed has another meaning now.
          safe.current?.focus();
        },
      },
    );
  }

  function close() {
    command.reset();
    setAsks(null);
  }

  return (
    <>
      <span className={styles.otherWays}>{t("unverified.otherWays")}</span>
      <Button variant="danger" size="sm" onClick={() => setAsks("connect")}>
        {t("unverified.open")}
      </Button>
      {asks !== null && (
        <Dialog
          open
          danger
          icon="warning"
          title={t(credentials ? "unverified.credentialsTitle" : "unverified.title")}
          initialFocus={safe}
          onClose={close}
          footer={
            <>
              <Button ref={safe} onClick={close}>
                {t("common.cancel")}
              </Button>
              <Button variant="danger-solid" busy={command.isPending} onClick={connect}>
                {t(credentials ? "unverified.sendCredentials" : "unverified.connect")}
              </Button>
            </>
          }
        >
          <div className={styles.ask}>
            <FormError error={command.error} />
            <p>{t(credentials ? "unverified.credentialsText" : "unverified.text", { endpoint })}</p>
            {!credentials && <p className={styles.quiet}>{t("unverified.marked")}</p>}
          </div>
        </Dialog>
      )}
    </>
  );
}
