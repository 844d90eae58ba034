import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { DropZone } from "@/components/drop";
import { PassphraseInput, Field, Select } from "@/components/fields";
import { PemField, pemSource, type Pem } from "@/components/pem";
import { visibleString } from "@/components/text";
import type { CertificateFiles, DeviceId, Tree } from "@/contract";
import { useAnswer } from "@/live";
import { uploadFile, usePlatform, wireError } from "@/platform";
import { ConfirmDialog } from "./ConfirmDialog";
import { Checked } from "./Checked";
import { looksLikeKey } from "./dropped";
import { Unreadable } from "./SignRequestDialog";
import { useSubmit } from "./useSubmit";

const NOBODY = "nobody";

interface ImportDialogProps {
  /** Dropped before the dialog was open. */
  files: File[];
  tree: Tree;
  confirmKeys: string;
  onClose: () => void;
  onImported: (sha256: string) => void;
}

/** A certificate with its key from PEM, DER or PKCS#12: read first, with what is to be said of it, then taken in. */
export function ImportDialog({ files: dropped, tree, confirmKeys, onClose, onImported }: ImportDialogProps) {
  const { t } = useTranslation();
  const platform = usePlatform();
  const [certificate, setCertificate] = useState<Pem>(null);
  const [key, setKey] = useState<Pem>(null);
  const [passphrase, setPassphrase] = useState("");
  const [device, setDevice] = useState<string>(NOBODY);
  const [failure, setFailure] = useState<unknown>(null);
  const { busy, error, problems, submit } = useSubmit("certificate.import", ({ sha256 }) => onImported(sha256));

  const from = pemSource(certificate);
  const files: CertificateFiles | null = from === null ? null : { certificate: from, key: pemSource(key), passphrase: passphrase === "" ? null : passphrase };
  const check = useAnswer("certificate.import_check", files);
  const code = check.pending ? undefined : wireError(check.error)?.code;
  const found = check.error === null && !check.pending ? check.answer : null;
  const isDevice = found?.role === "device" && found.key.key !== "missing";

  function take(all: File[]) {
    for (const file of all) {
      const put = looksLikeKey(file.name) ? setKey : setCertificate;
      uploadFile(platform, file).then((held) => put({ file: held }), setFailure);
    }
  }

  const takeOnce = useRef(take);
  const first = useRef(dropped);
  useEffect(() => {
    const waiting = first.current;
    first.current = [];
    takeOnce.current(waiting);
  }, []);

  return (
    <ConfirmDialog
      wide
      icon="download"
      title={t("certificates.importTitle")}
      action={t("certificates.importAction")}
      keys={confirmKeys}
      busy={busy}
      reason={found === null ? t("certificates.importFirst") : null}
      error={error ?? failure}
      problems={problems}
      onClose={onClose}
      onSubmit={() => files !== null && submit({ files, device: isDevice && device !== NOBODY ? (device as DeviceId) : null })}
    >
      <DropZone onFiles={take}>
        <PemField label={t("certificates.certificate")} purpose="client_certificate" hint={t("certificates.certificateHint")} value={certificate} onChange={setCertificate} />
      </DropZone>
      <PemField label={t("certificates.privateKey")} purpose="private_key" hint={t("certificates.privateKeyHint")} value={key} onChange={setKey} secret />
      <PassphraseInput label={t("certificates.passphrase")} hint={t(code === "passphrase_needed" ? "certificates.passphraseNeeded" : "certificates.passphraseHint")} value={passphrase} onChange={setPassphrase} />
      {files !== null && check.error !== null && !check.pending && code !== "passphrase_needed" && <Unreadable error={check.error} />}
      {found !== null && <Checked check={found} />}
      {isDevice && (
        <Field label={t("certificates.giveTo")} hint={t("certificates.importGiveHint")}>
          <Select
            value={device}
            onChange={setDevice}
            options={[{ value: NOBODY, label: t("certificates.giveNobody") }, ...tree.devices.map(({ id, name, hub }) => ({ value: id as string, label: visibleString(`${name}, ${tree.hubs.find((each) => each.id === hub)?.name ?? ""}`) }))]}
          />
        </Field>
      )}
    </ConfirmDialog>
  );
}
