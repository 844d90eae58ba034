import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { Note } from "@/components/feedback";
import { Field, Select } from "@/components/fields";
import { visibleString } from "@/components/text";
import type { CertificateEntry, Hub, HubId } from "@/contract";
import { nameOf } from "../names";
import type { StepProps } from "./Wizard";
import styles from "./Wizard.module.css";

const OTHER = "other";

interface ChooseStepProps extends StepProps {
  hubs: readonly Hub[];
  authorities: readonly CertificateEntry[];
  onAuthority: (sha256: string) => void;
}

/** Which CA the hub is to trust, and which hub. */
export function ChooseStep({ authority, hub, hubs, authorities, proof, onAuthority }: ChooseStepProps) {
  const { t } = useTranslation();
  const verified = new Set(authority.hubs.flatMap((each) => (each.possession?.state === "verified" ? [each.hub] : [])));
  const usual = hubs.find(({ id }) => !verified.has(id)) ?? hubs[0];
  const chosen = hub?.id ?? (proof.draft.hub === null && usual !== undefined ? usual.id : OTHER);
  return (
    <>
      <div className={styles.body}>
        <Field label={t("possession.authority")} hint={t("possession.authorityHint")}>
          <Select
            value={authority.certificate.sha256}
            onChange={onAuthority}
            options={authorities.map(({ certificate }) => ({ value: certificate.sha256, label: visibleString(nameOf(certificate)) }))}
          />
        </Field>
        <Field label={t("possession.hub")} hint={chosen === OTHER ? t("possession.otherHubHint") : undefined}>
          <Select
            value={chosen}
            onChange={(id) => proof.change({ hub: id as HubId })}
            options={[...hubs.map(({ id, name }) => ({ value: id as string, label: visibleString(name) })), { value: OTHER, label: t("possession.otherHub") }]}
          />
        </Field>
        {authority.certificate.key === "Ed25519" && (
          <Note tone="warn" title={t("certificates.ed25519")}>
            {t("certificates.ed25519Azure")}
          </Note>
        )}
      </div>
      <footer className={styles.footer}>
        <Button variant="primary" onClick={() => proof.change({ step: 2, hub: chosen as HubId })}>
          {t("possession.next")}
        </Button>
      </footer>
    </>
  );
}
