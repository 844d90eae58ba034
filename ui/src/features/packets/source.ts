import type { DeviceId, LaneRow, LaneStatus } from "@/contract";
import type { RowReply, RowSource } from "@/components/rows";
import type { Platform } from "@/platform";

const EMPTY: LaneStatus = { open: false, first: 0, end: 0, bytes_in: 0, bytes_out: 0 };

/** A device's packet lane as a source of rows. */
export class LaneSource implements RowSource<LaneRow> {
  readonly filling = false;
  generation = 1;
  private status = EMPTY;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly platform: Platform,
    private readonly device: DeviceId,
  ) {}

  get first(): number {
    return this.status.first;
  }

  get end(): number {
    return this.status.end;
  }

  /** Where the lane stands now. A clear that was undone brings rows back, which is another list. */
  take(status: LaneStatus): void {
    if (status.first === this.status.first && status.end === this.status.end) return;
    if (status.first < this.status.first) this.generation += 1;
    this.status = status;
    for (const listener of this.listeners) listener();
  }

  async request(from: number, count: number): Promise<RowReply<LaneRow>> {
    const { generation } = this;
    const { rows } = await this.platform.call("packet.window", { device: this.device, from, count });
    return { generation, rows };
  }

  locate(key: number): Promise<number | null> {
    return Promise.resolve(key >= this.first && key < this.end ? key : null);
  }

  ordinal(row: LaneRow): number {
    return row.number;
  }

  key(row: LaneRow): number {
    return row.number;
  }

  unsettled(): boolean {
    return false;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}
