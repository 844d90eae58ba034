import { useState, type Ref } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { cx } from "@/components/cx";
import { errorText, Note } from "@/components/feedback";
import { visibleString } from "@/components/text";
import type { HeldFile, HubId, HubKind, PasteAdded, PolicyChoice } from "@/contract";
import { useCommand } from "@/live";
import { chooseFile, usePlatform } from "@/platform";
import { Choice } from "./Choice";
import styles from "./FirstRun.module.css";
import { HubChoice } from "./HubChoice";
import { PastedText } from "./PastedText";
import { PolicyQuestion } from "./PolicyQuestion";
import { Understood } from "./Understood";
import { useConfirmKeys } from "./useConfirmKeys";
import { useRecognition } from "./useRecognition";

interface PasteChoiceProps {
  text: string;
  onText: (text: string) => void;
  confirmKeys: string;
  onAdded: (added: PasteAdded) => void;
  onByHand: (kind: HubKind) => void;
  field: Ref<HTMLTextAreaElement>;
}

/** What the user decided of one text; another text is another question. */
const UNDECIDED: { text: string | null; hub: HubId | null; policy: PolicyChoice | null } = { text: null, hub: null, policy: null };

/** The box for a pasted address or command: what it was understood as, then one button. */
export function PasteChoice({ text, onText, confirmKeys, onAdded, onByHand, field }: PasteChoiceProps) {
  const { t } = useTranslation();
  const platform = usePlatform();
  const recognition = useRecognition(text);
  const add = useCommand("paste.add");
  const [ca, setCa] = useState<HeldFile | null>(null);
  const [decided, setDecided] = useState(UNDECIDED);
  const [caFailure, setCaFailure] = useState<unknown>(null);
  const understood = recognition.state === "understood" ? recognition.recognised : null;
  const { hub, policy } = decided.text === text ? decided : UNDECIDED;
  const missing = understood?.missing.filter((field) => field !== "host" || hub === null) ?? [];
  const asks = understood?.policy_here ?? null;
  const complete = understood !== null && missing.length === 0 && (asks === null || policy !== null);
  const failure = add.error ?? caFailure;

  function submit() {
    if (!complete || add.isPending) return;
    // By its promise: with the first hub this page may be gone before the answer is there. What fails is in `error`.
    add.mutateAsync({ text, ca: ca?.handle ?? null, hub, policy: policy ?? "keep" }).then(onAdded, () => undefined);
  }

  async function chooseCa() {
    setCaFailure(null);
    try {
      setCa((await chooseFile(platform, "ca_certificate")) ?? ca);
    } catch (thrown) {
      setCaFailure(thrown);
    }
  }

  function clear() {
    onText("");
    setCa(null);
    add.reset();
  }

  useConfirmKeys(complete ? submit : null);

  return (
    <Choice icon="terminal" title={t("firstRun.paste")} text={t("firstRun.pasteText")} keys="3">
      <div className={cx(styles.paste, understood !== null && styles.pasteKnown)}>
        <PastedText text={text} onText={onText} understood={understood !== null} field={field} />
        {recognition.state === "unknown" && <Unknown error={recognition.error} onByHand={onByHand} />}
        {understood !== null && (
          <>
            <Understood recognised={{ ...understood, missing }} ca={ca} />
            {understood.form === "pem" && missing.every((field) => field === "host") && <HubChoice value={hub} onChange={(next) => setDecided({ text, hub: next, policy })} />}
            {asks !== null && <PolicyQuestion here={asks} value={policy} onChange={(next) => setDecided({ text, hub, policy: next })} />}
            {failure !== null && <AddFailure error={failure} />}
            <div className={styles.pasteActions}>
              {(understood.transport === "mqtts" || understood.transport === "wss") && (
                <Button icon="file" size="sm" onClick={() => void chooseCa()}>
                  {ca !== null || understood.ca_file === null
                    ? t(ca === null ? "common.chooseFile" : "firstRun.chooseOther")
                    : t("firstRun.chooseCa", { name: visibleString(understood.ca_file.split(/[\\/]/).at(-1) ?? "") })}
                </Button>
              )}
              <span className={styles.rest} />
              <Button size="sm" variant="ghost" onClick={clear}>
                {t("firstRun.clear")}
              </Button>
              {missing.length > 0 && (
                <Button size="sm" onClick={() => onByHand(understood.kind)}>
                  {t("firstRun.byHand")}
                </Button>
              )}
              <Button size="sm" variant="primary" keys={confirmKeys} busy={add.isPending} disabled={missing.length > 0} reason={complete || missing.length > 0 ? null : t("firstRun.policyFirst")} onClick={submit}>
                {t(hub !== null ? "firstRun.addDeviceOnly" : understood.form === "service_connection_string" ? "firstRun.addHubOnly" : "firstRun.addBoth")}
              </Button>
            </div>
          </>
        )}
      </div>
    </Choice>
  );
}

function AddFailure({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const { sentence, hint } = errorText(t, error);
  return (
    <Note tone="bad" title={t("firstRun.notAdded")}>
      {sentence} {hint}
    </Note>
  );
}

function Unknown({ error, onByHand }: { error: unknown; onByHand: (kind: HubKind) => void }) {
  const { t } = useTranslation();
  const { sentence, hint } = errorText(t, error);
  return (
    <div className={styles.understood}>
      <Note
        tone="warn"
        title={sentence}
        action={
          <Button size="sm" onClick={() => onByHand("mqtt_broker")}>
            {t("firstRun.byHand")}
          </Button>
        }
      >
        {hint}
      </Note>
    </div>
  );
}
