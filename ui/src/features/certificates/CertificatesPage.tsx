import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useActions } from "@/components/actions";
import { Button } from "@/components/button";
import { cx } from "@/components/cx";
import { useFileDrop } from "@/components/drop";
import { EmptyState } from "@/components/feedback";
import { Splitter, usePaneSize } from "@/components/splitter";
import type { CertificateEntry, DeviceId, HubId, JobId } from "@/contract";
import shape from "@/styles/pane.module.css";
import styles from "./CertificatesPage.module.css";
import { Detail } from "./detail/Detail";
import { RequestDetail } from "./detail/RequestDetail";
import type { OpenDialog } from "./dialogs/open";
import { PageDialogs } from "./dialogs/PageDialogs";
import { endingSoon } from "./ending";
import { ListPane } from "./list/ListPane";
import type { ListRow } from "./list/model";
import { peopleOf } from "./list/people";
import { canSign, isOwnAuthority } from "./names";
import { Wizard } from "./possession/Wizard";
import { useCertificateMenus } from "./useCertificateMenus";
import { useCertificates, useMinute } from "./useCertificates";
import { useDelete } from "./useDelete";

const LIST = { name: "certificates", initial: 636, min: 380, max: 900 };

interface CertificatesPageProps {
  /** SHA-256 of the certificate, or id of the request, that is shown. */
  selected: string | null;
  confirmKeys: string;
  onSelect: (name: string) => void;
  onOpenDevice: (device: DeviceId) => void;
  onOpenHub: (hub: HubId) => void;
}

/** Certificates: the list at the left, one of them at the right. */
export function CertificatesPage({ selected, confirmKeys, onSelect, onOpenDevice, onOpenHub }: CertificatesPageProps) {
  const { t } = useTranslation();
  const { list, tree, loading, error, retry } = useCertificates();
  const minute = useMinute();
  const people = useMemo(() => peopleOf(tree), [tree]);
  const pane = usePaneSize(LIST);
  const detail = useRef<HTMLElement>(null);
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const [job, setJob] = useState<JobId | null>(null);
  /** SHA-256 of the CA whose wizard is open. */
  const [proving, setProving] = useState<string | null>(null);
  const removeNow = useDelete();

  const entry = list.entries.find(({ certificate }) => certificate.sha256 === selected);
  const request = list.requests.find(({ id }) => id === selected);
  // The one that is shown signs unless another is chosen, else one that is no root.
  const signers = list.entries.filter(canSign).sort((a, b) => rank(a, entry) - rank(b, entry));

  function prove(authority: CertificateEntry) {
    onSelect(authority.certificate.sha256);
    setProving(authority.certificate.sha256);
  }

  const menus = useCertificateMenus({ signers, open: setDialog, onProve: prove, onOpenHub });
  const openImport = (files: File[] = []) => setDialog({ kind: "import", files });
  const drop = useFileDrop(openImport, dialog === null);

  function remove(row: ListRow) {
    if (row.kind === "certificate") menus.remove(row.entry);
    else if (row.kind === "request") void removeNow(row.request);
  }

  const soon = endingSoon(list.entries, minute);
  const [signer] = signers;
  const ca = entry !== undefined && canSign(entry) ? entry : signer;
  useActions([
    { id: "newRootCa", run: () => setDialog({ kind: "authority", parent: null }) },
    { id: "newIssuingCa", enabled: ca !== undefined, run: () => ca !== undefined && setDialog({ kind: "authority", parent: ca }) },
    { id: "issueCertificates", enabled: ca !== undefined, run: () => ca !== undefined && setDialog({ kind: "issue", authority: ca }) },
    { id: "newRequest", run: () => setDialog({ kind: "request" }) },
    { id: "signRequest", enabled: ca !== undefined, run: () => ca !== undefined && setDialog({ kind: "sign-request", authority: ca }) },
    { id: "importCertificate", run: () => openImport() },
    { id: "renewCertificate", enabled: entry?.renewable === true, run: () => entry !== undefined && setDialog({ kind: "renew", entries: [entry] }) },
    { id: "renewEnding", enabled: soon.length > 0, run: () => setDialog({ kind: "renew", entries: soon }) },
    { id: "provePossession", enabled: ca !== undefined, run: () => ca !== undefined && prove(ca) },
  ]);

  const empty = !loading && error === null && list.entries.length + list.requests.length === 0;
  const wizard = entry !== undefined && proving === entry.certificate.sha256 && canSign(entry) && (
    <Wizard key={proving} authority={entry} authorities={signers} tree={tree} confirmKeys={confirmKeys} onAuthority={(sha256) => prove(signers.find(({ certificate }) => certificate.sha256 === sha256) ?? entry)} onClose={() => setProving(null)} />
  );

  return (
    <main className={cx(styles.page, drop.over && styles.over)} aria-label={t("certificates.title")} {...drop.handlers}>
      <section className={cx(shape.column, styles.list)} style={{ flexBasis: pane.size }} aria-label={t("certificates.list")} data-pane="">
        <ListPane
          list={list}
          people={people}
          loading={loading}
          error={error}
          retry={retry}
          selected={selected}
          job={job}
          fresh={menus.fresh}
          menuOf={menus.all}
          onSelect={onSelect}
          onOpen={() => detail.current?.focus()}
          onImport={() => openImport()}
          onRenew={(entries) => setDialog({ kind: "renew", entries })}
          onDelete={remove}
        />
        {empty && (
          <EmptyState
            icon="certificate"
            title={t("certificates.empty")}
            text={t("certificates.emptyText")}
            action={
              <div className={styles.begin}>
                <Button icon="plus" variant="primary" onClick={() => setDialog({ kind: "authority", parent: null })}>
                  {t("certificates.newRoot")}
                </Button>
                <Button icon="download" onClick={() => openImport()}>
                  {t("certificates.importDots")}
                </Button>
              </div>
            }
          />
        )}
      </section>
      <Splitter pane={pane} what={t("certificates.list")} orientation="vertical" />
      <section ref={detail} tabIndex={-1} className={styles.detail} aria-label={t("certificates.detail")} data-pane="">
        {entry !== undefined && (
          <Detail sha256={entry.certificate.sha256} people={people} menus={menus} onGo={onSelect} onOpenDevice={onOpenDevice} onOpenHub={onOpenHub} wizard={wizard} />
        )}
        {request !== undefined && <RequestDetail request={request} onImport={() => openImport()} />}
        {entry === undefined && request === undefined && !loading && !empty && (
          <EmptyState icon="certificate" title={t("certificates.nothingOpen")} text={t("certificates.nothingOpenText")} />
        )}
      </section>
      <PageDialogs dialog={dialog} list={list} people={people} tree={tree} signers={signers} confirmKeys={confirmKeys} onSelect={onSelect} onStarted={setJob} onClose={() => setDialog(null)} />
    </main>
  );
}

/** Where a CA stands among those that could sign. */
function rank(entry: CertificateEntry, shown: CertificateEntry | undefined): number {
  if (entry === shown || (shown !== undefined && !isOwnAuthority(shown) && shown.issued_by === entry.certificate.sha256)) return 0;
  return entry.role === "issuing" ? 1 : 2;
}
