import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { Dialog } from "@/components/overlay";
import { visibleString } from "@/components/text";
import type { Device, HubKind } from "@/contract";
import { secretsOf, type Method } from "./methods";
import { methodWord } from "./words";

interface ChangeKindDialogProps {
  device: Device;
  kind: HubKind;
  from: Method;
  to: Method;
  onClose: () => void;
  onConfirm: () => void;
}

/** Asked before another kind of credential takes the stored one's place: what is stored for the old kind goes. */
export function ChangeKindDialog({ device, kind, from, to, onClose, onConfirm }: ChangeKindDialogProps) {
  const { t } = useTranslation();
  const keep = useRef<HTMLButtonElement>(null);
  const kept = secretsOf(to);
  const going = device.secrets.filter(({ field }) => !kept.includes(field)).map(({ field }) => t(`credentials.secret.${field}`));
  const words = { name: visibleString(device.name), from: methodWord(t, kind, from), to: methodWord(t, kind, to) };
  return (
    <Dialog
      open
      onClose={onClose}
      icon="key"
      title={t("credentials.changeTitle", words)}
      initialFocus={keep}
      footer={
        <>
          <Button ref={keep} onClick={onClose}>
            {t("credentials.keepKind", words)}
          </Button>
          <Button variant="primary" onClick={onConfirm}>
            {t("credentials.changeKind", words)}
          </Button>
        </>
      }
    >
      <p>{going.length === 0 ? t("credentials.changeText", words) : t("credentials.changeTextGoes", { ...words, secrets: going.join(", ") })}</p>
    </Dialog>
  );
}
