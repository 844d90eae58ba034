import { useTranslation } from "react-i18next";
import type { Device, SecretSummary } from "@/contract";
import { IconButton } from "@/components/button";
import { Card } from "@/components/card";
import { Fact, Facts } from "@/components/facts";
import { VisibleText } from "@/components/text";
import styles from "./DevicePage.module.css";

/** What proves the device's identity, as far as it may be shown. */
export function CredentialsCard({ device, onEdit }: { device: Device; onEdit: () => void }) {
  const { t } = useTranslation();
  const { credential } = device;
  return (
    <Card
      title={t("device.credentials")}
      meta={t(`device.credentialKind.${credential.kind}`)}
      actions={<IconButton icon="edit" size="sm" label={t("device.edit")} onClick={onEdit} />}
    >
      {credential.kind === "none" && <p className={styles.anonymous}>{t("device.anonymous")}</p>}
      <Facts>
        {credential.kind === "access_token" && (
          <Fact name={t("device.token")}>
            <Secret secret={credential.token} />
          </Fact>
        )}
        {credential.kind === "basic" && (
          <>
            <Fact name={t("device.userName")}>
              <VisibleText className="mono" text={credential.user_name} />
            </Fact>
            <Fact name={t("device.password")}>
              <Secret secret={credential.password} />
            </Fact>
          </>
        )}
      </Facts>
    </Card>
  );
}

/** Five dots, and the end of a long secret. */
function Secret({ secret }: { secret: SecretSummary }) {
  const { t } = useTranslation();
  if (!secret.set) return <span className={styles.unset}>{t("device.secretMissing")}</span>;
  return (
    <span className="mono">
      <span aria-hidden="true">{"•".repeat(5)}</span>
      <span className={styles.ends}>{secret.ends === null ? t("device.secretStored") : t("device.secretEnds", { ends: secret.ends })}</span>
    </span>
  );
}
