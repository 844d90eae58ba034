import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { Field, TextInput } from "@/components/fields";
import { Form, problemsOf } from "@/components/form";
import { Dialog } from "@/components/overlay";
import { visibleString } from "@/components/text";
import type { Folder, Hub } from "@/contract";
import { useCommand } from "@/live";

interface FolderDialogProps {
  /** Whose devices it holds; null: hubs. */
  hub: Hub | null;
  /** null: a new one. */
  folder: Folder | null;
  onClose: () => void;
  onSaved?: ((folder: Folder) => void) | undefined;
}

/** Makes or renames a folder. */
export function FolderDialog({ hub, folder, onClose, onSaved }: FolderDialogProps) {
  const { t } = useTranslation();
  const command = useCommand("folder.save");
  const [name, setName] = useState(folder?.name ?? "");
  const problems = problemsOf(command.error);
  const title = folder !== null ? t("tree.renameFolder", { name: visibleString(folder.name) }) : hub === null ? t("tree.newHubFolder") : t("tree.newFolderIn", { hub: visibleString(hub.name) });

  function submit() {
    if (command.isPending) return;
    command.mutate(
      { id: folder?.id ?? null, hub: hub?.id ?? null, name: name.trim() },
      {
        onSuccess(saved) {
          onClose();
          onSaved?.(saved);
        },
      },
    );
  }

  return (
    <Dialog
      open
      onClose={onClose}
      icon="folder"
      title={title}
      onConfirm={submit}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button variant="primary" busy={command.isPending} onClick={submit}>
            {t(folder === null ? "tree.makeFolder" : "common.save")}
          </Button>
        </>
      }
    >
      <Form error={command.error} problems={problems} onSubmit={submit}>
        <Field label={t("tree.folderLabel")} problem={problems.get("name") ?? null}>
          <TextInput value={name} onChange={setName} />
        </Field>
      </Form>
    </Dialog>
  );
}
