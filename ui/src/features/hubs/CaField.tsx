import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { cx } from "@/components/cx";
import { DropZone } from "@/components/drop";
import { errorText } from "@/components/feedback";
import { Field } from "@/components/fields";
import { VisibleText } from "@/components/text";
import type { HeldFile, Problem } from "@/contract";
import { formatDate } from "@/i18n";
import { chooseFile, uploadFile, usePlatform } from "@/platform";
import { isPresetCa, type HubForm } from "./hubDraft";
import styles from "./Forms.module.css";

interface CaFieldProps {
  form: HubForm;
  onChange: (ca: HubForm["ca"]) => void;
  problem: Problem | null;
}

/** Which CA the hub's server must come from: the system's roots, or one file that alone is trusted. */
export function CaField({ form, onChange, problem }: CaFieldProps) {
  const { t } = useTranslation();
  const platform = usePlatform();
  const [failure, setFailure] = useState<unknown>(null);
  const chosen = typeof form.ca === "object" && !isPresetCa(form.ca) ? form.ca.name : null;
  const stored = isPresetCa(form.ca) ? form.ca.summary : form.ca === "keep" ? form.storedCa : null;
  const fromFile = chosen !== null || stored !== null;

  /** A dropped file goes up in pieces and is held as a chosen one is. */
  function take(file: Promise<HeldFile>) {
    file.then(
      (held) => {
        onChange(held);
        setFailure(null);
      },
      setFailure,
    );
  }

  async function choose() {
    try {
      const file = await chooseFile(platform, "ca_certificate");
      if (file !== null) onChange(file);
      setFailure(null);
    } catch (thrown) {
      setFailure(thrown);
    }
  }

  const hint = failure !== null ? errorText(t, failure).sentence : fromFile ? t("hubs.caOnly") : t("hubs.caDrop");
  return (
    <DropZone onFiles={([file]) => file !== undefined && take(uploadFile(platform, file))}>
      <Field label={t("hubs.ca")} problem={problem} hint={hint}>
        <span className={cx(styles.value, fromFile && styles.ownLine)}>
          {chosen !== null && <VisibleText text={chosen} className="mono" />}
          {stored !== null && (
            <>
              <VisibleText text={stored.file_name} className="mono" /> <span className={styles.quiet}>{t("hubs.caUntil", { date: formatDate(stored.not_after) })}</span>
            </>
          )}
          {!fromFile && t("hubs.caSystem")}
        </span>
        <span className={styles.choices}>
          {fromFile && (
            <Button size="sm" variant="ghost" onClick={() => onChange(form.storedCa === null ? "keep" : "system")}>
              {t("hubs.useSystem")}
            </Button>
          )}
          <Button size="sm" icon="file" onClick={() => void choose()}>
            {t(fromFile ? "hubs.chooseOther" : "common.chooseFile")}
          </Button>
        </span>
      </Field>
    </DropZone>
  );
}
