import { useTranslation } from "react-i18next";
import { IconButton } from "../button/IconButton";
import { useToasts } from "../toast/context";
import styles from "./Chain.module.css";

interface FingerprintProps {
  /** Upper-case hex without colons. */
  sha256: string;
  /** Whose it is, where that is not plain. */
  about?: string | undefined;
}

/** A SHA-256 to be compared with one from elsewhere: with colons as most tools write it, in two lines. */
export function Fingerprint({ sha256, about }: FingerprintProps) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const pairs = sha256.match(/../g) ?? [];
  const half = Math.ceil(pairs.length / 2);
  const text = pairs.join(":");
  const what = t("chain.fingerprint");

  function copy() {
    navigator.clipboard
      .writeText(text)
      .then(() => toasts.show({ tone: "ok", title: t("common.copied", { what }) }))
      .catch(() => toasts.show({ tone: "bad", title: t("common.notCopied", { what }), text: t("common.clipboardRefused") }));
  }

  return (
    <dl className={styles.print}>
      <dt>{what}</dt>
      <dd>
        <span className={styles.row}>{pairs.slice(0, half).join(":")}</span>
        <span className={styles.row}>{pairs.slice(half).join(":")}</span>
        {about !== undefined && <span className={styles.about}>{about}</span>}
      </dd>
      <dd>
        <IconButton icon="copy" size="sm" label={t("chain.copyFingerprint")} onClick={copy} />
      </dd>
    </dl>
  );
}
