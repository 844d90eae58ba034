import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { useCopy } from "@/components/copy";
import { Fact, Facts } from "@/components/facts";
import { Field, TextInput } from "@/components/fields";
import { FormError } from "@/components/form";
import { Icon } from "@/components/icon";
import { VisibleText } from "@/components/text";
import { formatMoment } from "@/i18n";
import { useCommand } from "@/live";
import { nameOf } from "../names";
import { checkCode, shortCode, type CheckedCode } from "./code";
import { azureVerify, opensslCommands } from "./commands";
import { Signed } from "./Signed";
import type { StepProps } from "./Wizard";
import styles from "./Wizard.module.css";

/** Days that the verification certificate is valid; the engine's number. */
const DAYS = 30;

/** The hub's code, what exactly will be signed, and the certificate that comes of it. */
export function SignStep({ authority, hub, proof: { draft, change }, confirmKeys }: StepProps) {
  const { t } = useTranslation();
  const copy = useCopy();
  const sign = useCommand("possession.sign");
  const checked = checkCode(draft.code);
  const signed = draft.proof;

  function submit() {
    if (!checked.usable || sign.isPending) return;
    sign.mutate({ authority: authority.certificate.sha256, code: checked.code, hub: hub?.id ?? null }, { onSuccess: (proof) => change({ proof }) });
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className={styles.sign}>
        <div className={styles.left}>
          <FormError error={sign.error} />
          <Field label={t("possession.code")} stacked>
            <TextInput
              mono
              value={draft.code}
              onChange={(code) => change({ code, proof: null })}
              placeholder={t("possession.codePlaceholder")}
              onKeyDown={(event) => {
                if (event.key !== "Enter" || signed === null || !(event.ctrlKey || event.metaKey)) return;
                event.preventDefault();
                change({ step: 4 });
              }}
            />
          </Field>
          <Checks checked={checked} />
          <h4 className={styles.small}>{t("possession.preview")}</h4>
          <div className={styles.sunken}>
            <Facts>
              <Fact name={t("certificates.subject")}>
                {checked.code === "" ? (
                  <span className={styles.quiet}>{t("possession.codeFirst")}</span>
                ) : (
                  <>
                    <VisibleText text={`CN=${shortCode(checked.code)}`} className="mono" /> <span className={styles.quiet}>{t("possession.exactly")}</span>
                  </>
                )}
              </Fact>
              <Fact name={t("certificates.signedBy")}>
                <VisibleText text={nameOf(authority.certificate)} /> <span className={styles.quiet}>{t("possession.keyInVault")}</span>
              </Fact>
              <Fact name={t("certificates.key")}>{t("possession.freshKey")}</Fact>
              <Fact name={t("certificates.valid")}>{signed === null ? t("possession.validDays", { count: DAYS }) : t("possession.validUntil", { end: formatMoment(signed.not_after).local })}</Fact>
            </Facts>
          </div>
          <Button icon="edit" type="submit" busy={sign.isPending} reason={checked.usable ? null : t("possession.codeFirst")}>
            {t(signed === null ? "possession.sign" : "possession.signAgain")}
          </Button>
        </div>
        <Icon name="arrow-right" className={styles.arrow} />
        <Signed proof={signed} />
      </div>
      <footer className={styles.footer}>
        <span className={styles.rest}>{signed === null ? "" : t("possession.signedRest")}</span>
        <Button onClick={() => change({ step: 2 })}>{t("possession.backStep")}</Button>
        <Button icon="terminal" reason={checked.usable ? null : t("possession.codeFirst")} onClick={() => copy(opensslCommands(checked.code), t("possession.opensslCommands"))}>
          {t("possession.copyOpenssl")}
        </Button>
        <Button icon="terminal" onClick={() => copy(azureVerify(hub, nameOf(authority.certificate)), t("possession.azCommands"))}>
          {t("possession.copyAz")}
        </Button>
        <Button variant="primary" keys={confirmKeys} reason={signed === null ? t("possession.signFirst") : null} onClick={() => change({ step: 4 })}>
          {t("possession.uploadedIt")}
        </Button>
      </footer>
    </form>
  );
}

/** What is as a code should be, and what is not. */
function Checks({ checked }: { checked: CheckedCode }) {
  const { t } = useTranslation();
  if (checked.code === "") return <p className={styles.quiet}>{t("possession.codeHint")}</p>;
  const say = (good: boolean, text: string) => (
    <li className={good ? styles.good : styles.odd}>
      <Icon name={good ? "check" : "warning"} size={12} />
      {text}
    </li>
  );
  return (
    <ul className={styles.checks} aria-live="polite">
      {say(checked.hex, t(checked.hex ? "possession.isHex" : "possession.notHex", { count: checked.length }))}
      {say(!checked.spaces, t(checked.spaces ? "possession.hasSpaces" : "possession.noSpaces"))}
      {checked.length > 64 && say(false, t("possession.tooLong"))}
      {checked.trimmed && say(true, t("possession.trimmed"))}
    </ul>
  );
}
