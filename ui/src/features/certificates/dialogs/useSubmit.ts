import { useMemo } from "react";
import { problemsOf, type Problems } from "@/components/form";
import type { CommandTable } from "@/contract";
import { useCommand } from "@/live";

interface Submit<Request> {
  busy: boolean;
  /** What the last try was rejected with. */
  error: unknown;
  problems: Problems;
  submit: (request: Request) => void;
}

/** What a dialog asks for, once at a time; what was typed stays when it is refused. */
export function useSubmit<K extends keyof CommandTable>(name: K, onDone: (answer: CommandTable[K]["response"]) => void): Submit<CommandTable[K]["request"]> {
  const command = useCommand(name);
  const problems = useMemo(() => problemsOf(command.error), [command.error]);
  return {
    busy: command.isPending,
    error: command.error,
    problems,
    submit: (request) => !command.isPending && command.mutate(request, { onSuccess: onDone }),
  };
}
