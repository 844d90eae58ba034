import type { Row, TopicId, ViewSpec, ViewStatus } from "@/contract";
import type { Platform } from "@/platform";
import type { LiveStore } from "./store";
import { topics } from "./topics";

/** Topics that are remembered of the rows that were on screen. */
const SEEN_TOPICS = 500;

/** How far a reply may be cut to; the engine's limit. */
const PREVIEW_MAX = 400;

/** A view of the engine as a source of rows: ordinals, windows, and where an entry is. */
export class ViewSource {
  /** Characters of payload preview that the table has room for. */
  preview = 120;
  private readonly listeners = new Set<() => void>();
  private readonly unsubscribe: () => void;
  private told: ViewStatus;
  private closed = false;
  private readonly seen = new Set<TopicId>();

  private constructor(
    private readonly platform: Platform,
    private readonly store: LiveStore,
    private readonly epoch: number,
    private now: ViewStatus,
  ) {
    this.told = now;
    this.unsubscribe = store.subscribe(() => this.heard());
  }

  /** Opens a view; it ends with `close`, or with the page. */
  static async open(platform: Platform, store: LiveStore, epoch: number, spec: ViewSpec): Promise<ViewSource> {
    return new ViewSource(platform, store, epoch, await platform.call("view.open", spec));
  }

  get status(): ViewStatus {
    return this.now;
  }

  get first(): number {
    return this.now.first;
  }

  get end(): number {
    return this.now.end;
  }

  get generation(): number {
    return this.now.generation;
  }

  get filling(): boolean {
    return this.now.scan !== null;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  async request(from: number, count: number): Promise<{ generation: number; rows: Row[] }> {
    const preview = Math.min(PREVIEW_MAX, this.preview);
    const window = await this.platform.call("view.window", { view: this.now.view, from, count, preview });
    topics.take(this.epoch, window.topics);
    for (const { topic } of window.rows) if (typeof topic === "number" && this.seen.size < SEEN_TOPICS) this.seen.add(topic);
    // Growth is heard from ticks, which come as often as rows are to be painted. To take it from replies too would
    // have every reply under load ask for the next one.
    if (window.status.generation !== this.now.generation) this.take(window.status);
    return { generation: window.status.generation, rows: window.rows };
  }

  /** Topics of the rows that were on screen; at most 500, those that were seen first. */
  seenTopics(): string[] {
    return [...this.seen].map((topic) => topics.text(topic)).filter((text) => text !== null);
  }

  async locate(seq: number): Promise<number | null> {
    const { ordinal } = await this.platform.call("view.locate", { view: this.now.view, seq });
    return ordinal;
  }

  ordinal(row: Row): number {
    return row.ordinal;
  }

  key(row: Row): number {
    return row.seq;
  }

  unsettled(row: Row): boolean {
    return row.outcome?.outcome === "pending";
  }

  /** Replaces the filter; on an error the view stays as it was. */
  async change(spec: ViewSpec): Promise<void> {
    this.take(await this.platform.call("view.change", { view: this.now.view, spec }));
  }

  async pause(paused: boolean): Promise<void> {
    this.take(await this.platform.call("view.pause", { view: this.now.view, paused }), true);
  }

  /** Keeps these entries although the log may let go of them, in place of the ones before. */
  async pin(seqs: number[]): Promise<void> {
    await this.platform.call("view.pin", { view: this.now.view, seqs });
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.unsubscribe();
    this.listeners.clear();
    // Nobody waits: a view that could not be closed ends with the client.
    this.platform.call("view.close", { view: this.now.view }).catch(() => undefined);
  }

  private heard(): void {
    const status = this.store.get().views.get(this.now.view);
    if (!status || status === this.told) return;
    this.told = status;
    this.take(status, true);
  }

  /**
   * Takes a status. Ticks and replies may overtake each other; within a generation both ends only grow, so the
   * larger ones are the newer ones. A reply to a window says nothing new about pausing, a tick does.
   */
  private take(status: ViewStatus, whole = false): void {
    if (this.closed || status.generation < this.now.generation) return;
    const same = status.generation === this.now.generation;
    this.now = {
      ...status,
      paused: whole || !same ? status.paused : this.now.paused,
      first: same ? Math.max(status.first, this.now.first) : status.first,
      end: same ? Math.max(status.end, this.now.end) : status.end,
    };
    for (const listener of this.listeners) listener();
  }
}
