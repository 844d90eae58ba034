import type { FieldProblem, Problem } from "@/contract";
import { wireError } from "@/platform";

export type Problems = ReadonlyMap<string, Problem>;

export const NO_PROBLEMS: Problems = new Map();

/** Problems by field; the first of a field counts. */
export function byField(problems: readonly FieldProblem[]): Problems {
  const map = new Map<string, Problem>();
  for (const { field, problem } of problems) if (!map.has(field)) map.set(field, problem);
  return map;
}

/** The problems of the fields in whatever a save was rejected with. */
export function problemsOf(thrown: unknown): Problems {
  const error = wireError(thrown);
  return error === null ? NO_PROBLEMS : byField(error.fields);
}
