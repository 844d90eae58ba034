import type { ControlPacket, LaneRow } from "@/contract";
import { addCell, putVisible, setAttribute, setText, type RowNode, type RowRenderer } from "@/components/rows";
import { visibleString } from "@/components/text";
import { formatBytes, formatFixed, formatTime, texts } from "@/i18n";
import styles from "./Packets.module.css";

const REFUSED = 0x80;

/** Whether the packet says that something was refused; 3.1.1 counts from 1 in CONNACK. */
export function isRefusal(packet: ControlPacket): boolean {
  const code = packet.reason?.code ?? 0;
  return code >= REFUSED || (packet.kind === "CONNACK" && code > 0);
}

export function flagsOf(packet: ControlPacket): string {
  const flags: string[] = packet.qos === null ? [] : [texts.t("packets.qos", { qos: packet.qos })];
  if (packet.dup) flags.push(texts.t("packets.dup"));
  if (packet.retain) flags.push(texts.t("packets.retain"));
  return flags.join(", ");
}

/** Topic and reason, or what else the packet says. */
function whatOf(packet: ControlPacket): string {
  const reason = packet.reason === null ? null : packet.reason.name;
  const said = [packet.topic, reason].filter((part) => part !== null);
  const details = packet.kind === "CONNECT" || packet.kind === "CONNACK" ? packet.details : [];
  return [...said, ...details.map(({ name, value }) => `${name} ${value}`)].join(", ");
}

export function formatAfter(micros: number | null): string {
  return micros === null ? "" : `${formatFixed(micros / 1000, micros < 10_000 ? 2 : 0)} ms`;
}

function sizeOf(packet: ControlPacket | null): string {
  const size = packet?.size ?? null;
  return size === null ? "" : formatBytes(size);
}

/** Rows of the packet lane, of a height in CSS pixels. */
export function packetRows(rowHeight: number): RowRenderer<LaneRow> {
  return {
    rowHeight,
    create: () => new PacketRow(),
    name: ({ packet, time }) => {
      const at = formatTime(time, true);
      if (packet === null) return `${at}, ${texts.t("packets.opened")}`;
      return visibleString([at, texts.t(`packets.direction.${packet.direction}`), packet.kind, whatOf(packet)].join(", "));
    },
  };
}

class PacketRow implements RowNode<LaneRow> {
  readonly element = document.createElement("div");
  private readonly time = addCell(this.element, styles.time);
  private readonly direction = addCell(this.element, styles.direction);
  private readonly kind = addCell(this.element, styles.kind);
  private readonly id = addCell(this.element, styles.number);
  private readonly flags = addCell(this.element, styles.flags);
  private readonly size = addCell(this.element, styles.number);
  private readonly after = addCell(this.element, styles.number);
  private readonly what = addCell(this.element, styles.what);

  constructor() {
    this.element.className = styles.row ?? "";
  }

  show({ packet, time, after }: LaneRow): void {
    setText(this.time, formatTime(time, true));
    setAttribute(this.element, "data-direction", packet?.direction ?? null);
    setAttribute(this.element, "data-refused", packet !== null && isRefusal(packet) ? "" : null);
    setAttribute(this.element, "data-mark", packet === null ? "" : null);
    setText(this.direction, packet === null ? "" : packet.direction === "out" ? "↑" : "↓");
    setText(this.kind, packet?.kind ?? "");
    setText(this.id, packet?.id?.toString() ?? "");
    setText(this.flags, packet === null ? "" : flagsOf(packet));
    setText(this.size, sizeOf(packet));
    setText(this.after, formatAfter(after));
    const what = packet === null ? texts.t("packets.opened") : whatOf(packet);
    putVisible(this.what, what);
    this.what.title = visibleString(what);
  }
}
