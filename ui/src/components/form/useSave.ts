import { useMemo, useState } from "react";
import type { CommandTable, FieldProblem } from "@/contract";
import { useCommand } from "@/live";
import { byField, NO_PROBLEMS, problemsOf, type Problems } from "./problems";

interface Save<Draft> {
  busy: boolean;
  /** What the last save was rejected with. */
  error: unknown;
  problems: Problems;
  save: (draft: Draft, unsendable: FieldProblem[]) => void;
  /** Says nothing more of the last save. */
  forget: () => void;
}

/** Saves a form once at a time; on an error everything typed stays and the fields say what is wrong. */
export function useSave<K extends "hub.save" | "device.save">(
  name: K,
  onSaved: (saved: CommandTable[K]["response"]) => void,
): Save<CommandTable[K]["request"]> {
  const command = useCommand(name);
  const [local, setLocal] = useState<Problems>(NO_PROBLEMS);
  const refused = useMemo(() => problemsOf(command.error), [command.error]);
  return {
    busy: command.isPending,
    error: command.error,
    problems: local.size > 0 ? local : refused,
    save(draft, unsendable) {
      if (command.isPending) return;
      setLocal(byField(unsendable));
      if (unsendable.length === 0) command.mutate(draft, { onSuccess: onSaved });
    },
    forget() {
      setLocal(NO_PROBLEMS);
      command.reset();
    },
  };
}
