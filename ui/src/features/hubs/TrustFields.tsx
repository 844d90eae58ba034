import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { DropZone } from "@/components/drop";
import { errorText } from "@/components/feedback";
import { Field, Select } from "@/components/fields";
import type { HeldFile, Problem, TrustMode } from "@/contract";
import { chooseFile, uploadFile, usePlatform } from "@/platform";
import { FetchDialog } from "./FetchDialog";
import styles from "./Forms.module.css";
import type { HubForm } from "./hubDraft";
import { TrustedList } from "./TrustedList";
import { withFile, withMode, type TrustForm } from "./trustForm";

const MODES: readonly TrustMode[] = ["system", "system_and_ca", "ca_only", "pinned_leaf", "pinned_chain"];

interface TrustFieldsProps {
  form: HubForm;
  problem: Problem | null;
  onChange: (trust: TrustForm) => void;
}

/** Whom the hub's server is trusted by: the mode, its certificates, and where they come from. */
export function TrustFields({ form, problem, onChange }: TrustFieldsProps) {
  const { t } = useTranslation();
  const platform = usePlatform();
  const [failure, setFailure] = useState<unknown>(null);
  const [fetching, setFetching] = useState(false);
  const { trust } = form;
  const reachable = form.host.trim() !== "" && form.port !== null;

  function take(file: Promise<HeldFile | null>) {
    file.then(
      (held) => {
        if (held !== null) onChange(withFile(trust, held));
        setFailure(null);
      },
      setFailure,
    );
  }

  return (
    <DropZone onFiles={([file]) => file !== undefined && take(uploadFile(platform, file))}>
      <Field label={t("trust.label")} problem={problem} place="trust" hint={failure !== null ? errorText(t, failure).sentence : t(`trust.explained.${trust.mode}`)}>
        <Select value={trust.mode} options={MODES.map((value) => ({ value, label: t(`trust.mode.${value}`) }))} onChange={(mode) => onChange(withMode(trust, mode))} />
        <TrustedList trust={trust} onChange={onChange} />
        <span className={styles.trustChoices}>
          <Button size="sm" icon="file" onClick={() => take(chooseFile(platform, "ca_certificate"))}>
            {t("trust.addFile")}
          </Button>
          <Button size="sm" icon="download" reason={reachable ? null : t("trust.fetchNeedsHost")} onClick={() => setFetching(true)}>
            {t("trust.fetch")}
          </Button>
        </span>
      </Field>
      {fetching && (
        <FetchDialog
          form={form}
          onClose={() => setFetching(false)}
          onTrust={(next) => {
            setFetching(false);
            onChange(next);
          }}
        />
      )}
    </DropZone>
  );
}
