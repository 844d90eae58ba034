import type { Exported, ExportRequest } from "@/contract";
import { useCommand } from "@/live";
import { downloadFile, usePlatform } from "@/platform";
import { useState } from "react";

/** Writes an export: the app asks for a place, a browser downloads it. Says nothing when the dialog was closed. */
export function useExport(onDone: (exported: Exported) => void) {
  const platform = usePlatform();
  const command = useCommand("workspace.export");
  const [failure, setFailure] = useState<unknown>(null);

  async function run(request: ExportRequest) {
    setFailure(null);
    try {
      const exported = await command.mutateAsync(request);
      if (exported.file_name === null) return;
      if (exported.download !== null) await downloadFile(platform, exported.download, exported.file_name);
      onDone(exported);
    } catch (thrown) {
      setFailure(thrown);
    }
  }

  return { busy: command.isPending, error: failure, run: (request: ExportRequest) => void run(request) };
}
