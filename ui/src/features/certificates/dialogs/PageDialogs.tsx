import type { CertificateEntry, CertificateList, JobId, Tree } from "@/contract";
import type { People } from "../list/people";
import { AuthorityDialog } from "./AuthorityDialog";
import { DeleteDialog } from "./DeleteDialog";
import { ExportKeyDialog } from "./ExportKeyDialog";
import { ImportDialog } from "./ImportDialog";
import { IssueDialog } from "./IssueDialog";
import type { OpenDialog } from "./open";
import { RenewDialog } from "./RenewDialog";
import { RequestDialog } from "./RequestDialog";
import { RevocationListDialog } from "./RevocationListDialog";
import { RevokeDialog } from "./RevokeDialog";
import { SignRequestDialog } from "./SignRequestDialog";

interface PageDialogsProps {
  dialog: OpenDialog | null;
  list: CertificateList;
  people: People;
  tree: Tree;
  /** Own CAs that can sign. */
  signers: readonly CertificateEntry[];
  confirmKeys: string;
  onSelect: (name: string) => void;
  onStarted: (job: JobId) => void;
  onClose: () => void;
}

/** The dialog that is open. What was made is shown. */
export function PageDialogs({ dialog, list, people, tree, signers, confirmKeys, onSelect, onStarted, onClose }: PageDialogsProps) {
  const common = { confirmKeys, onClose };
  function show(name: string) {
    onSelect(name);
    onClose();
  }
  function started(job: JobId) {
    onStarted(job);
    onClose();
  }
  switch (dialog?.kind) {
    case undefined:
      return null;
    case "authority":
      return <AuthorityDialog {...common} parent={dialog.parent} onMade={show} />;
    case "issue":
      return <IssueDialog {...common} authority={dialog.authority} authorities={signers} tree={tree} onStarted={started} />;
    case "request":
      return <RequestDialog {...common} onMade={({ id }) => show(id)} />;
    case "sign-request":
      return <SignRequestDialog {...common} authority={dialog.authority} authorities={signers} onMade={show} />;
    case "import":
      return <ImportDialog {...common} files={dialog.files} tree={tree} onImported={show} />;
    case "renew":
      return <RenewDialog {...common} entries={dialog.entries} all={list.entries} people={people} onStarted={started} />;
    case "revoke":
      return <RevokeDialog entry={dialog.entry} onClose={onClose} />;
    case "delete":
      return <DeleteDialog entry={dialog.entry} people={people} onClose={onClose} />;
    case "export-key":
      return <ExportKeyDialog {...common} entry={dialog.entry} form={dialog.form} />;
    case "revocation-list": {
      const { sha256 } = dialog.entry.certificate;
      const revoked = list.entries.filter((entry) => entry.issued_by === sha256 && entry.revoked !== null).length;
      return <RevocationListDialog {...common} entry={dialog.entry} revoked={revoked} />;
    }
  }
}
