import type { TopicId, TopicText } from "@/contract";

/**
 * Texts of interned topics, which the engine sends once to a page; it interns a bounded number, so this is bounded
 * too. All views of the page share them, so a text that came with one view is known to the others. Ids hold as long as
 * the link: another hello starts anew.
 */
export class Topics {
  private readonly texts = new Map<TopicId, string>();
  private epoch = 0;

  take(epoch: number, topics: readonly TopicText[]): void {
    // A reply from before the last hello: its view is gone, and the engine would not send again what it made forgotten.
    if (epoch < this.epoch) return;
    if (epoch > this.epoch) {
      this.texts.clear();
      this.epoch = epoch;
    }
    for (const topic of topics) this.texts.set(topic.id, topic.text);
  }

  text(id: TopicId): string | null {
    return this.texts.get(id) ?? null;
  }
}

/** The one cache of the page. */
export const topics = new Topics();
