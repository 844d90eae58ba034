import { useOffers } from "@/components/actions";
import { visibleString } from "@/components/text";
import type { ViewSource } from "@/live";
import { topicFilter } from "./actions";

/** Topics seen in a table are offered in the command palette; choosing one narrows the table to it. */
export function useTopicOffers(source: ViewSource | null, setQuery: (query: string) => void): void {
  useOffers(() =>
    (source?.seenTopics() ?? []).map((topic) => ({
      id: `topic:${topic}`,
      label: visibleString(topic),
      run: () => setQuery(topicFilter(topic)),
    })),
  );
}
