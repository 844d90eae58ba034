import { useTranslation } from "react-i18next";
import type { ReactNode } from "react";
import { Button } from "@/components/button";
import { Form, type Problems } from "@/components/form";
import type { IconName } from "@/components/icon";
import { Dialog } from "@/components/overlay";

interface ConfirmDialogProps {
  title: string;
  icon: IconName;
  /** What the button does, verb and object. */
  action: string;
  danger?: boolean | undefined;
  wide?: boolean | undefined;
  keys?: string | undefined;
  busy: boolean;
  /** Why it cannot be done yet. */
  reason: string | null;
  error: unknown;
  problems: Problems;
  onClose: () => void;
  onSubmit: () => void;
  children: ReactNode;
}

/** The frame of every dialog of this page: fields, what was refused, and one thing to do. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, icon, action, danger, wide, keys, busy, reason, error, problems, onClose, onSubmit, children } = props;
  const { t } = useTranslation();
  const submit = () => {
    if (reason === null && !busy) onSubmit();
  };
  return (
    <Dialog
      open
      danger={danger}
      width={wide === true ? "wide" : "narrow"}
      icon={icon}
      title={title}
      onClose={onClose}
      onConfirm={submit}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button variant={danger === true ? "danger-solid" : "primary"} keys={keys} busy={busy} reason={reason} onClick={submit}>
            {action}
          </Button>
        </>
      }
    >
      <Form error={error} problems={problems} onSubmit={submit}>
        {children}
      </Form>
    </Dialog>
  );
}
