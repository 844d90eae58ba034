import { useTranslation } from "react-i18next";
import { Note } from "@/components/feedback";
import { visibleString } from "@/components/text";
import type { CertificateEntry } from "@/contract";
import type { People } from "../list/people";

/** What is still to be done once a CA was renewed: who knows its old certificate needs the new one. */
export function RenewedAuthority({ authorities, people }: { authorities: readonly CertificateEntry[]; people: People }) {
  const { t } = useTranslation();
  const ids = new Set(authorities.flatMap(({ hubs }) => hubs.flatMap(({ hub, possession }) => (possession === null ? [] : hub))));
  const names = [...ids].flatMap((id) => people.hubs.get(id)?.name ?? []).map(visibleString);
  return (
    <Note tone="warn" title={t("certificates.renewedAuthority")}>
      {t("certificates.renewedAuthorityText")}
      {names.length > 0 && ` ${t("certificates.renewedAuthorityHubs", { hubs: names.join(", ") })}`}
    </Note>
  );
}
