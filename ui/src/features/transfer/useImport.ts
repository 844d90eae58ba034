import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useUndo } from "@/components/toast";
import type { FileHandle, Imported, ImportPreview } from "@/contract";
import { useCommand } from "@/live";
import { chooseFile, usePlatform, wireError } from "@/platform";
import { importChoices, type Choices } from "./choices";

/** How far an import is. */
export type Step =
  | { at: "file" }
  /** An encrypted file, before its passphrase was the right one. */
  | { at: "passphrase"; file: FileHandle; name: string }
  | { at: "preview"; file: FileHandle; name: string; passphrase: string | null; preview: ImportPreview }
  | { at: "done"; imported: Imported };

/** Chooses a file, looks into it, and takes in what was chosen of it. */
export function useImport() {
  const { t } = useTranslation();
  const platform = usePlatform();
  const undo = useUndo();
  const looking = useCommand("workspace.import_preview");
  const importing = useCommand("workspace.import");
  const [step, setStep] = useState<Step>({ at: "file" });
  const [error, setError] = useState<unknown>(null);
  const [choosing, setChoosing] = useState(false);

  async function look(file: FileHandle, name: string, passphrase: string | null) {
    setError(null);
    try {
      const preview = await looking.mutateAsync({ file, passphrase });
      setStep({ at: "preview", file, name, passphrase, preview });
    } catch (thrown) {
      const code = wireError(thrown)?.code;
      if (code === "passphrase_needed" || code === "wrong_passphrase") setStep({ at: "passphrase", file, name });
      if (code !== "passphrase_needed") setError(thrown);
    }
  }

  async function choose() {
    setError(null);
    setChoosing(true);
    try {
      const file = await chooseFile(platform, "import");
      if (file !== null) await look(file.handle, file.name, null);
    } catch (thrown) {
      setError(thrown);
    } finally {
      setChoosing(false);
    }
  }

  async function take(choices: Choices, settings: boolean) {
    if (step.at !== "preview") return;
    setError(null);
    try {
      const imported = await importing.mutateAsync({ file: step.file, passphrase: step.passphrase, ...importChoices(step.preview, choices), settings });
      setStep({ at: "done", imported });
      if (imported.undo !== null) undo.offer({ undo: imported.undo }, { icon: "download", title: t("transfer.importedTitle"), text: t("transfer.importedUndo") });
    } catch (thrown) {
      setError(thrown);
    }
  }

  return {
    step,
    error,
    busy: choosing || looking.isPending || importing.isPending,
    choose: () => void choose(),
    unlock: (passphrase: string) => step.at === "passphrase" && void look(step.file, step.name, passphrase),
    take: (choices: Choices, settings: boolean) => void take(choices, settings),
  };
}
