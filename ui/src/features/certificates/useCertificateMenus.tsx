import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import type { MenuEntry, MenuItem } from "@/components/overlay";
import type { CertificateEntry, CertificateForm, HubId } from "@/contract";
import { usePlatform } from "@/platform";
import type { OpenDialog } from "./dialogs/open";
import { isOver } from "./ending";
import { canSign, isOwnAuthority } from "./names";
import { useDelete } from "./useDelete";
import { useExportFile } from "./useExportFile";

interface MenuWishes {
  /** Own CAs that can sign, the usual one first. */
  signers: readonly CertificateEntry[];
  open: (dialog: OpenDialog) => void;
  onProve: (authority: CertificateEntry) => void;
  onOpenHub: (hub: HubId) => void;
}

/** What can be done, by certificate. */
export interface CertificateMenus {
  /** The button that is most wanted. */
  primary: (entry: CertificateEntry) => ReactNode;
  exports: (entry: CertificateEntry) => MenuEntry[];
  more: (entry: CertificateEntry) => MenuEntry[];
  /** Everything at once, for the context menu of a row. */
  all: (entry: CertificateEntry) => MenuEntry[];
  fresh: MenuEntry[];
  remove: (entry: CertificateEntry) => void;
}

export function useCertificateMenus({ signers, open, onProve, onOpenHub }: MenuWishes): CertificateMenus {
  const { t } = useTranslation();
  const platform = usePlatform();
  const { run } = useExportFile();
  const deleteNow = useDelete();
  const [signer] = signers;

  function remove(entry: CertificateEntry) {
    if (entry.role === "server") return;
    if (entry.devices.length > 0) open({ kind: "delete", entry });
    else void deleteNow(entry);
  }

  function exports(entry: CertificateEntry): MenuEntry[] {
    const { sha256 } = entry.certificate;
    const file = (form: CertificateForm): MenuItem => ({ label: t(`certificates.form.${form}`), icon: "file", onSelect: () => run({ sha256, form, passphrase: null }) });
    const key = (form: "pkcs12" | "encrypted_key" | "private_key"): MenuItem => ({
      label: t(`certificates.formDots.${form}`),
      icon: form === "private_key" ? "warning" : "key",
      danger: form === "private_key",
      onSelect: () => open({ kind: "export-key", entry, form }),
    });
    const files: MenuEntry[] = [file("pem"), file("chain"), file("der")];
    if (!entry.has_key) return files;
    // A readable key leaves by the app's own dialog alone.
    return [...files, "separator", key("pkcs12"), key("encrypted_key"), ...(platform.kind === "desktop" ? [key("private_key")] : [])];
  }

  function changes(entry: CertificateEntry): MenuEntry[] {
    const items: MenuEntry[] = [];
    if (isOwnAuthority(entry)) {
      const reason = !canSign(entry);
      items.push(
        { label: t("certificates.prove"), icon: "shield-check", disabled: reason, onSelect: () => onProve(entry) },
        { label: t("certificates.newIssuing"), icon: "plus", disabled: reason, onSelect: () => open({ kind: "authority", parent: entry }) },
        { label: t("certificates.signRequest"), icon: "edit", disabled: reason, onSelect: () => open({ kind: "sign-request", authority: entry }) },
        { label: t("certificates.revocationListDots"), icon: "list", disabled: reason, onSelect: () => open({ kind: "revocation-list", entry }) },
        { label: t("certificates.renew"), icon: "refresh", disabled: !entry.renewable, onSelect: () => open({ kind: "renew", entries: [entry] }) },
      );
    }
    if (entry.role === "server") {
      return entry.hubs.slice(0, 1).map(({ hub }) => ({ label: t("certificates.openHub"), icon: "server", onSelect: () => onOpenHub(hub) }));
    }
    const revocable = entry.issued_by !== null && entry.revoked === null;
    if (revocable) items.push("separator", { label: t("certificates.revoke"), icon: "forbidden", danger: true, onSelect: () => open({ kind: "revoke", entry }) });
    items.push(...(revocable ? [] : ["separator" as const]), { label: t("certificates.delete"), icon: "trash", danger: true, keys: "Del", onSelect: () => remove(entry) });
    return items;
  }

  function primary(entry: CertificateEntry): ReactNode {
    if (canSign(entry)) {
      return (
        <Button icon="plus" onClick={() => open({ kind: "issue", authority: entry })}>
          {t("certificates.issue")}
        </Button>
      );
    }
    if (entry.role !== "device") return null;
    const reason = entry.renewable ? null : t(isOver(entry) ? "certificates.overNotRenewed" : "certificates.notRenewable");
    return (
      <Button icon="refresh" reason={reason} onClick={() => open({ kind: "renew", entries: [entry] })}>
        {t("certificates.renew")}
      </Button>
    );
  }

  function all(entry: CertificateEntry): MenuEntry[] {
    const first: MenuEntry[] = canSign(entry)
      ? [{ label: t("certificates.issue"), icon: "plus", onSelect: () => open({ kind: "issue", authority: entry }) }]
      : entry.role === "device"
        ? [{ label: t("certificates.renew"), icon: "refresh", disabled: !entry.renewable, onSelect: () => open({ kind: "renew", entries: [entry] }) }]
        : [];
    return [...first, ...exports(entry), "separator", ...changes(entry)];
  }

  const fresh: MenuEntry[] = [
    { label: t("certificates.newRoot"), icon: "shield-check", onSelect: () => open({ kind: "authority", parent: null }) },
    { label: t("certificates.newIssuing"), icon: "plus", disabled: signer === undefined, onSelect: () => signer !== undefined && open({ kind: "authority", parent: signer }) },
    { label: t("certificates.issue"), icon: "certificate", disabled: signer === undefined, onSelect: () => signer !== undefined && open({ kind: "issue", authority: signer }) },
    "separator",
    { label: t("certificates.newRequest"), icon: "edit", onSelect: () => open({ kind: "request" }) },
    { label: t("certificates.signRequest"), icon: "edit", disabled: signer === undefined, onSelect: () => signer !== undefined && open({ kind: "sign-request", authority: signer }) },
  ];

  return { primary, exports, more: changes, all, fresh, remove };
}
