import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { expect, test, vi } from "vitest";
import { areaRefresh } from "./refresh";

test("revisions that come during a fetch cause exactly one more after it", async () => {
  const queries = new QueryClient();
  const answers: ((value: number) => void)[] = [];
  const observer = new QueryObserver(queries, {
    queryKey: ["tree", "tree.get"],
    queryFn: () => new Promise<number>((resolve) => answers.push(resolve)),
    staleTime: Infinity,
  });
  const stop = observer.subscribe(() => undefined);
  await vi.waitFor(() => expect(answers).toHaveLength(1));
  answers[0]?.(0);
  await vi.waitFor(() => expect(observer.getCurrentResult().data).toBe(0));

  const refresh = areaRefresh(queries);
  refresh("tree");
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  refresh("tree");
  refresh("tree");
  refresh("sessions");
  expect(answers).toHaveLength(2);
  answers[1]?.(1);
  await vi.waitFor(() => expect(answers).toHaveLength(3));
  answers[2]?.(2);
  await vi.waitFor(() => expect(observer.getCurrentResult().data).toBe(2));
  expect(answers).toHaveLength(3);
  stop();
});
