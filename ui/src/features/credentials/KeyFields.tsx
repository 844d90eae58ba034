import { useTranslation } from "react-i18next";
import { IconButton } from "@/components/button";
import { Field, Select } from "@/components/fields";
import { Pill } from "@/components/text";
import type { KeyChoice } from "@/contract";
import styles from "./Credentials.module.css";
import { makeKey } from "./generators";
import { LifetimeSelect } from "./LifetimeSelect";
import { problemOf, type PartProps } from "./parts";
import { SecretField } from "./SecretField";
import { useSwap } from "./useSwap";

/** Two shared access keys, which of them signs, and how long its tokens live. */
export function SharedKeyFields(props: PartProps) {
  const { t } = useTranslation();
  const { form, device, problems, onChange } = props;
  const inUse = <Pill tone="accent">{t("credentials.inUse")}</Pill>;
  const swap = useSwap(device);
  const touched = form.secrets.primary_key !== undefined || form.secrets.secondary_key !== undefined;
  return (
    <>
      <SecretField
        {...props}
        field="primary_key"
        label={t("credentials.primary")}
        generate={makeKey}
        beside={form.signWith === "primary" ? inUse : ""}
      />
      <SecretField
        {...props}
        field="secondary_key"
        label={t("credentials.secondary")}
        generate={makeKey}
        beside={
          <>
            {form.signWith === "secondary" && inUse}
            {swap !== null && (
              <IconButton
                icon="swap"
                size="sm"
                label={t(touched ? "credentials.swapAfterSave" : "credentials.swap")}
                busy={swap.busy}
                disabled={touched}
                onClick={swap.run}
              />
            )}
          </>
        }
      />
      <div className={styles.pair}>
        <Field label={t("credentials.lifetimeLabel")} problem={problemOf(problems, "credential.sas.lifetime")}>
          <LifetimeSelect value={form.lifetime} onChange={(lifetime) => onChange({ lifetime })} />
        </Field>
        <Field label={t("credentials.signWith")} problem={problemOf(problems, "credential.sign_with")}>
          <Select<KeyChoice>
            value={form.signWith}
            options={[
              { value: "primary", label: t("credentials.primary") },
              { value: "secondary", label: t("credentials.secondary") },
            ]}
            onChange={(signWith) => onChange({ signWith })}
          />
        </Field>
      </div>
    </>
  );
}

/** The key of an enrolment group: the device's own is derived from it and the registration id. */
export function GroupKeyFields(props: PartProps) {
  const { t } = useTranslation();
  const { form, problems, onChange } = props;
  return (
    <>
      <SecretField {...props} field="group_key" label={t("credentials.groupKey")} hint={t("credentials.groupKeyHint")} generate={makeKey} />
      <Field label={t("credentials.lifetimeLabel")} problem={problemOf(problems, "credential.sas.lifetime")}>
        <LifetimeSelect value={form.lifetime} onChange={(lifetime) => onChange({ lifetime })} />
      </Field>
    </>
  );
}
