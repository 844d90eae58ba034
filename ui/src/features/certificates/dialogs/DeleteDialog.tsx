import { useTranslation } from "react-i18next";
import { NO_PROBLEMS } from "@/components/form";
import { VisibleText, visibleString } from "@/components/text";
import type { CertificateEntry } from "@/contract";
import type { People } from "../list/people";
import { nameOf } from "../names";
import { useDelete } from "../useDelete";
import { ConfirmDialog } from "./ConfirmDialog";
import styles from "./Dialogs.module.css";

interface DeleteDialogProps {
  entry: CertificateEntry;
  people: People;
  onClose: () => void;
}

/** Names the devices that lose their credential. One that no device uses is deleted without a question. */
export function DeleteDialog({ entry, people, onClose }: DeleteDialogProps) {
  const { t } = useTranslation();
  const remove = useDelete();
  const name = visibleString(nameOf(entry.certificate));
  return (
    <ConfirmDialog
      danger
      icon="trash"
      title={t("certificates.deleteTitle", { name })}
      action={t("certificates.deleteAction", { name })}
      busy={false}
      reason={null}
      error={null}
      problems={NO_PROBLEMS}
      onClose={onClose}
      onSubmit={() => {
        void remove(entry);
        onClose();
      }}
    >
      <p>{t("certificates.deleteText", { count: entry.devices.length })}</p>
      <ul className={styles.names}>
        {entry.devices.map((id) => {
          const device = people.devices.get(id);
          return (
            <li key={id}>
              <VisibleText text={device?.name ?? ""} /> <span className={styles.quiet}>{people.hubs.get(device?.hub ?? "")?.name}</span>
            </li>
          );
        })}
      </ul>
      <p className={styles.quiet}>{t("certificates.deleteUndo")}</p>
    </ConfirmDialog>
  );
}
