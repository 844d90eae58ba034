import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Note } from "@/components/feedback";
import { Field, Select, TextInput } from "@/components/fields";
import { visibleString } from "@/components/text";
import type { CertificateEntry, HubId, JobId, KeyKind, Tree } from "@/contract";
import { nameOf } from "../names";
import { ConfirmDialog } from "./ConfirmDialog";
import { daysFit, daysWithin } from "./days";
import { DaysField } from "./DaysField";
import { MOST_IDS, readIds } from "./ids";
import { IdsField } from "./IdsField";
import { KeyKindField } from "./KeyKindField";
import { orderOf, receiversOf } from "./receivers";
import { useSubmit } from "./useSubmit";
import { useToday } from "./useToday";

const DAYS = 365;
const NOBODY = "nobody";

interface IssueDialogProps {
  authority: CertificateEntry;
  authorities: readonly CertificateEntry[];
  tree: Tree;
  confirmKeys: string;
  onClose: () => void;
  onStarted: (job: JobId) => void;
}

/** Certificates for one device or for a list of them; they can be given to devices of the workspace at once. */
export function IssueDialog({ authority, authorities, tree, confirmKeys, onClose, onStarted }: IssueDialogProps) {
  const { t } = useTranslation();
  const today = useToday();
  const [signer, setSigner] = useState(authority.certificate.sha256);
  const signedBy = authorities.find(({ certificate }) => certificate.sha256 === signer) ?? authority;
  const limit = signedBy.certificate.not_after;
  const [text, setText] = useState("");
  const [key, setKey] = useState<KeyKind>("p256");
  const [days, setDays] = useState<number | null>(daysWithin(DAYS, limit, today));
  const [serial, setSerial] = useState("");
  const [chosen, setChosen] = useState<HubId | null>(null);
  const { busy, error, problems, submit } = useSubmit("certificate.issue", ({ job }) => onStarted(job));

  const read = useMemo(() => readIds(text), [text]);
  const receivers = useMemo(() => receiversOf(tree, read.ids), [tree, read.ids]);
  // The hub with the most of these devices, until somebody chooses.
  const receiver = chosen === NOBODY ? undefined : (receivers.find(({ hub }) => hub === chosen) ?? receivers[0]);
  const one = read.ids.length === 1;

  function reasonOf(): string | null {
    if (read.ids.length === 0) return t("certificates.idsFirst");
    if (read.tooLong.length > 0 || read.ids.length > MOST_IDS) return t("certificates.idsWrong");
    return daysFit(days, limit, today) ? null : t("certificates.daysFirst");
  }

  return (
    <ConfirmDialog
      icon="certificate"
      title={t("certificates.issueTitle")}
      action={t("certificates.issueAction", { count: Math.max(1, read.ids.length) })}
      keys={confirmKeys}
      busy={busy}
      reason={reasonOf()}
      error={error}
      problems={problems}
      onClose={onClose}
      onSubmit={() => days !== null && submit({ authority: signer, devices: orderOf(read.ids, receiver, serial), key, days })}
    >
      <Field label={t("certificates.signedBy")}>
        <Select value={signer} onChange={setSigner} options={authorities.map(({ certificate }) => ({ value: certificate.sha256, label: visibleString(nameOf(certificate)) }))} />
      </Field>
      <IdsField text={text} read={read} problem={problems.get("common_name") ?? problems.get("ids") ?? problems.get("devices")} onChange={setText} />
      {receivers.length > 0 && (
        <Field label={t("certificates.giveTo")} hint={receiver === undefined ? undefined : t("certificates.giveHint", { count: receiver.devices.length })}>
          <Select
            value={receiver?.hub ?? NOBODY}
            onChange={setChosen}
            options={[
              ...receivers.map(({ hub, name, devices }) => ({ value: hub, label: t("certificates.giveOption", { hub: visibleString(name), count: devices.length, all: read.ids.length }) })),
              { value: NOBODY, label: t("certificates.giveNobody") },
            ]}
          />
        </Field>
      )}
      <KeyKindField value={key} onChange={setKey} />
      {key === "ed25519" && isAzure(tree, receiver?.hub) && <Note tone="warn">{t("certificates.ed25519Azure")}</Note>}
      <DaysField value={days} onChange={setDays} limit={limit} problem={problems.get("days")} />
      {one && (
        <Field label={t("certificates.serial")} hint={t("certificates.serialHint")} problem={problems.get("serial")} optional>
          <TextInput value={serial} onChange={setSerial} mono placeholder={t("certificates.serialRandom")} />
        </Field>
      )}
    </ConfirmDialog>
  );
}

function isAzure({ hubs }: Tree, hub: HubId | undefined): boolean {
  const kind = hubs.find(({ id }) => id === hub)?.kind;
  return kind === "azure_iot_hub" || kind === "azure_dps";
}
