import { useEffect, useRef, useState } from "react";
import type { DeviceId, DiagnoseRun, DiagnoseRunId, DiagnoseStarted, DiagnoseSummary } from "@/contract";
import { useLiveQuery } from "@/live";
import { usePlatform } from "@/platform";

/** Runs of "Diagnose" of one device: the one that is shown, and what can be done. */
export interface Diagnose {
  /** Kept runs, newest first, the one on its way among them; null until they are known. */
  runs: readonly DiagnoseSummary[] | null;
  /** The run that is shown; null: there is none, or it is not known yet. */
  run: DiagnoseRun | null;
  /** The run before the one that is shown, to compare it with. */
  earlier: DiagnoseRun | null;
  /** A run is on its way, or about to be. */
  busy: boolean;
  /** Why no run could be started or stopped. */
  error: unknown;
  /** Why the kept runs are not there. */
  listError: unknown;
  start: () => void;
  /** Stops the run that this page began; null: there is none. */
  stop: (() => void) | null;
  show: (run: DiagnoseRunId) => void;
  retry: () => void;
}

/** Follows the runs of a device; with `atOnce` it begins one by itself. */
export function useDiagnose(device: DeviceId, atOnce: boolean): Diagnose {
  const platform = usePlatform();
  const [started, setStarted] = useState<DiagnoseStarted | null>(null);
  const [chosen, setChosen] = useState<DiagnoseRunId | null>(null);
  const [starting, setStarting] = useState(atOnce);
  const [error, setError] = useState<unknown>(null);
  const list = useLiveQuery("diagnose.list", { device });
  const runs = list.data?.runs ?? null;
  const shown = chosen ?? started?.run ?? (starting ? null : (runs?.[0]?.id ?? null));
  const at = runs?.findIndex(({ id }) => id === shown) ?? -1;
  const before = at < 0 ? null : (runs?.[at + 1]?.id ?? null);
  const { data } = useLiveQuery("diagnose.get", shown === null ? null : { run: shown });
  const { data: earlier } = useLiveQuery("diagnose.get", before === null ? null : { run: before });

  // A run that is not there yet leaves the one before it in sight: nothing jumps, and the focus stays where it is.
  const [run, setRun] = useState<DiagnoseRun | null>(null);
  if (data !== undefined && data !== run) setRun(data);

  function start() {
    setStarting(true);
    setError(null);
    platform
      .call("diagnose.start", { device })
      .then((begun) => {
        setStarted(begun);
        setChosen(null);
      }, setError)
      .finally(() => setStarting(false));
  }

  // Once, also where effects run twice.
  const begun = useRef(false);
  useEffect(() => {
    if (!atOnce || begun.current) return;
    begun.current = true;
    start();
  });

  const running = run?.running === true;
  const waits = starting || (shown !== null && shown !== run?.id);
  return {
    runs,
    run,
    earlier: earlier ?? null,
    busy: waits || running,
    error,
    listError: list.error,
    start,
    stop: running && !waits && started?.run === shown ? () => void platform.call("job.cancel", { job: started.job }).catch(setError) : null,
    show: setChosen,
    retry: () => void list.refetch(),
  };
}
