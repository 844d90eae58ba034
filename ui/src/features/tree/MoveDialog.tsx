import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { Field, Select } from "@/components/fields";
import { Form, NO_PROBLEMS } from "@/components/form";
import { Dialog } from "@/components/overlay";
import { visibleString } from "@/components/text";
import type { Folder, FolderId, TreeItem } from "@/contract";
import { useCommand } from "@/live";

const OUTSIDE = "";

interface MoveDialogProps {
  name: string;
  item: TreeItem;
  /** Where it lies now. */
  folder: FolderId | null;
  /** Folders that it may go into. */
  folders: readonly Folder[];
  onClose: () => void;
}

/** Moves a hub or device into a folder, or out of every one. */
export function MoveDialog({ name, item, folder, folders, onClose }: MoveDialogProps) {
  const { t } = useTranslation();
  const command = useCommand("tree.move");
  const [target, setTarget] = useState<string>(folder ?? OUTSIDE);
  const options = [{ value: OUTSIDE, label: t("tree.noFolder") }, ...folders.map((each) => ({ value: each.id, label: visibleString(each.name) }))];

  function submit() {
    if (!command.isPending) command.mutate({ item, folder: target === OUTSIDE ? null : target, before: null }, { onSuccess: onClose });
  }

  return (
    <Dialog
      open
      onClose={onClose}
      icon="folder"
      title={t("tree.moveTitle", { name: visibleString(name) })}
      onConfirm={submit}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button variant="primary" busy={command.isPending} onClick={submit}>
            {t("tree.moveNow")}
          </Button>
        </>
      }
    >
      <Form error={command.error} problems={NO_PROBLEMS} onSubmit={submit}>
        <Field label={t("tree.folderLabel")}>
          <Select value={target} options={options} onChange={setTarget} />
        </Field>
      </Form>
    </Dialog>
  );
}
