import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { Field, NewPassphraseFields, NO_PASSPHRASE, passphraseFits, Segmented } from "@/components/fields";
import { Form, problemsOf } from "@/components/form";
import { Dialog } from "@/components/overlay";
import type { Exported, HubId } from "@/contract";
import { useLiveQuery } from "@/live";
import { ExportResult } from "./ExportResult";
import { HubChoice } from "./HubChoice";
import styles from "./Transfer.module.css";
import { useExport } from "./useExport";

const NONE: ReadonlySet<HubId> = new Set();

/** Writes hubs, devices and subscriptions to a file: without secrets, or encrypted with them. */
export function ExportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { data } = useLiveQuery("tree.get", {});
  const [what, setWhat] = useState<"all" | "chosen">("all");
  const [chosen, setChosen] = useState(NONE);
  const [secrets, setSecrets] = useState<"without" | "encrypted">("without");
  const [passphrase, setPassphrase] = useState(NO_PASSPHRASE);
  const [done, setDone] = useState<Exported | null>(null);
  const write = useExport(setDone);
  const problems = problemsOf(write.error);
  const hubs = data?.hubs.filter((hub) => !hub.sandbox) ?? [];
  const reason =
    what === "chosen" && chosen.size === 0
      ? t("transfer.chooseFirst")
      : secrets === "encrypted" && !passphraseFits(passphrase)
        ? t("common.passphrase.first")
        : null;

  function submit() {
    if (reason !== null || write.busy) return;
    const picked = hubs.filter(({ id }) => chosen.has(id)).map(({ id }) => id);
    write.run({ hubs: what === "all" ? null : picked, passphrase: secrets === "encrypted" ? passphrase.fresh : null });
  }

  if (done !== null) return <ExportResult exported={done} onClose={onClose} />;
  return (
    <Dialog
      open
      onClose={onClose}
      icon="upload"
      title={t("transfer.exportTitle")}
      onConfirm={submit}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button variant="primary" icon="upload" busy={write.busy} reason={reason} onClick={submit}>
            {t("transfer.export")}
          </Button>
        </>
      }
    >
      <Form error={write.error} problems={problems} onSubmit={submit}>
        <Field label={t("transfer.what")} hint={what === "all" ? t("transfer.allHint") : undefined}>
          <Segmented
            value={what}
            onChange={setWhat}
            segments={[
              { value: "all", label: t("transfer.all") },
              { value: "chosen", label: t("transfer.chosen"), reason: hubs.length === 0 ? t("transfer.noHubs") : null },
            ]}
          />
        </Field>
        {what === "chosen" && <HubChoice hubs={hubs} devices={data?.devices ?? []} chosen={chosen} onChange={setChosen} />}
        <Field label={t("transfer.secrets")} hint={t(`transfer.secretsHint.${secrets}`)}>
          <Segmented
            value={secrets}
            onChange={setSecrets}
            segments={[
              { value: "without", label: t("transfer.without") },
              { value: "encrypted", label: t("transfer.encrypted") },
            ]}
          />
        </Field>
        {secrets === "encrypted" && (
          <div className={styles.passphrase}>
            <NewPassphraseFields value={passphrase} problem={problems.get("passphrase")} onChange={setPassphrase} />
          </div>
        )}
      </Form>
    </Dialog>
  );
}
