import { useTranslation } from "react-i18next";
import { Note } from "@/components/feedback";
import { Field, Select } from "@/components/fields";
import type { KeyKind } from "@/contract";

const KINDS: KeyKind[] = ["p256", "p384", "rsa2048", "rsa3072", "rsa4096", "ed25519"];

interface KeyKindFieldProps {
  value: KeyKind;
  onChange: (kind: KeyKind) => void;
}

/** Which key is made; says what no hub promises to take. */
export function KeyKindField({ value, onChange }: KeyKindFieldProps) {
  const { t } = useTranslation();
  return (
    <>
      <Field label={t("certificates.key")} hint={value === "rsa4096" || value === "rsa3072" ? t("certificates.slowKey") : undefined}>
        <Select value={value} onChange={onChange} options={KINDS.map((kind) => ({ value: kind, label: t(`certificates.keyKind.${kind}`) }))} />
      </Field>
      {value === "ed25519" && (
        <Note tone="warn" title={t("certificates.ed25519")}>
          {t("certificates.ed25519Text")}
        </Note>
      )}
    </>
  );
}
