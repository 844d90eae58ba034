import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { Checkbox, PassphraseInput } from "@/components/fields";
import { Form, NO_PROBLEMS } from "@/components/form";
import { Dialog } from "@/components/overlay";
import { VisibleText } from "@/components/text";
import { importChoices, type Choices } from "./choices";
import { ImportList } from "./ImportList";
import { ImportSource } from "./ImportSource";
import styles from "./Transfer.module.css";
import { useImport, type Step } from "./useImport";

const AS_OFFERED: Choices = { hubs: {}, devices: {}, presets: {} };

/** Brings a file's hubs and devices in: shows first what it holds and how that stands to what is here. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { step, error, busy, choose, unlock, take } = useImport();
  const [passphrase, setPassphrase] = useState("");
  const [choices, setChoices] = useState(AS_OFFERED);
  const [settings, setSettings] = useState(false);
  const field = useRef<HTMLDivElement>(null);
  const chosen = step.at === "preview" ? importChoices(step.preview, choices) : null;
  const nothing = chosen !== null && chosen.hubs.length + chosen.devices.length + chosen.presets.length === 0 && !settings;

  useEffect(() => {
    if (step.at === "passphrase") field.current?.querySelector("input")?.focus();
  }, [step.at]);

  function submit() {
    if (busy) return;
    if (step.at === "file") choose();
    else if (step.at === "passphrase" && passphrase !== "") unlock(passphrase);
    else if (step.at === "preview" && !nothing) take(choices, settings);
    else if (step.at === "done") onClose();
  }

  return (
    <Dialog
      open
      width="wide"
      onClose={onClose}
      icon="download"
      title={t("transfer.importTitle")}
      onConfirm={submit}
      footer={
        <>
          {step.at !== "done" && <Button onClick={onClose}>{t("common.cancel")}</Button>}
          <Button variant="primary" busy={busy} reason={reasonOf()} onClick={submit}>
            {t(`transfer.next.${step.at}`)}
          </Button>
        </>
      }
    >
      <Form error={error} problems={NO_PROBLEMS} onSubmit={submit}>
        <Body step={step} />
        {step.at === "passphrase" && (
          <div ref={field}>
            <PassphraseInput label={t("transfer.passphrase")} hint={t("transfer.passphraseHint")} value={passphrase} onChange={setPassphrase} />
          </div>
        )}
        {step.at === "preview" && (
          <>
            <ImportSource name={step.name} preview={step.preview} onOther={choose} />
            <ImportList preview={step.preview} choices={choices} onChange={setChoices} />
            {step.preview.settings && (
              <Checkbox checked={settings} onChange={setSettings}>
                {t("transfer.takeSettings")}
              </Checkbox>
            )}
          </>
        )}
      </Form>
    </Dialog>
  );

  function reasonOf(): string | null {
    if (step.at === "passphrase" && passphrase === "") return t("transfer.passphraseFirst");
    return nothing ? t("transfer.nothingChosen") : null;
  }
}

function Body({ step }: { step: Step }) {
  const { t } = useTranslation();
  switch (step.at) {
    case "file":
      return <p>{t("transfer.importText")}</p>;
    case "passphrase":
      return (
        <p>
          <VisibleText text={step.name} className="mono" /> {t("transfer.isEncrypted")}
        </p>
      );
    case "preview":
      return null;
    case "done":
      return (
        <p className={styles.done} role="status">
          {t("transfer.imported", { hubs: t("transfer.hubCount", { count: step.imported.hubs }), devices: t("transfer.deviceCount", { count: step.imported.devices }), presets: t("transfer.presetCount", { count: step.imported.presets }), secrets: t("transfer.secretCount", { count: step.imported.secrets }) })}
        </p>
      );
  }
}
