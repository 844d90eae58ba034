import type { TFunction } from "i18next";
import { addIcon, type IconName } from "@/components/icon";
import { addLifeBar } from "@/components/life";
import { addCell, putVisible, setAttribute, setText, type RowNode, type RowRenderer } from "@/components/rows";
import { visibleString } from "@/components/text";
import type { CertificateRole } from "@/contract";
import { formatNumber, texts } from "@/i18n";
import { isOwnAuthority, nameOf } from "../names";
import styles from "./List.module.css";
import type { ListRow } from "./model";
import type { People } from "./people";
import { timeLeft, typeOf, usedBy, type TimeLeft } from "./words";

export const ROLE_ICONS: Record<CertificateRole, IconName> = { root: "shield-check", issuing: "shield-check", device: "certificate", server: "server" };

/** The words of a row. */
export interface Face {
  icon: IconName | null;
  name: string;
  type: string;
  key: string;
  left: TimeLeft | null;
  users: string;
}

/** A row with its words: they are made where React is, so that the table need not be made anew when they change. */
export type TableRow = ListRow & { face: Face };

/** The words of a row; `now` in Unix seconds. */
export function faceOf(t: TFunction, row: ListRow, people: People, now: number): Face {
  const nothing = { type: "", key: "", left: null, users: "" };
  switch (row.kind) {
    case "group":
      return { ...nothing, icon: null, name: t(`certificates.groups.${row.group}`) };
    case "request":
      return { ...nothing, icon: "edit", name: row.request.common_name, type: t("certificates.type.request"), key: row.request.key, users: t("certificates.waits") };
    case "certificate": {
      const { entry, users } = row;
      return {
        icon: ROLE_ICONS[entry.role],
        name: nameOf(entry.certificate),
        type: typeOf(t, entry),
        key: entry.certificate.key,
        left: timeLeft(t, entry, now),
        users: usedBy(t, entry, users, people),
      };
    }
  }
}

/** Rows of the list of certificates, of a height in CSS pixels. */
export function certificateRows(rowHeight: number): RowRenderer<TableRow> {
  return {
    rowHeight,
    create: () => new CertificateRow(),
    name(row) {
      const { name, type, key, left, users } = row.face;
      const count = row.kind === "group" ? String(row.count) : "";
      const words = left === null ? "" : left.tone === "ok" || left.tone === "warn" ? texts.t("token.barName", { left: left.words }) : left.words;
      return visibleString([name, count, type, key, words, users].filter((part) => part !== "").join(", "));
    },
  };
}

class CertificateRow implements RowNode<TableRow> {
  readonly element = document.createElement("div");
  private readonly subject = addCell(this.element, styles.subject);
  private readonly fold = this.subject.appendChild(document.createElement("span"));
  private readonly showFold = addIcon(this.fold, 14);
  private readonly showIcon = addIcon(this.subject, 14);
  private readonly name = this.subject.appendChild(document.createElement("span"));
  private readonly count = this.subject.appendChild(document.createElement("span"));
  private readonly type = addCell(this.element, styles.quiet);
  private readonly key = addCell(this.element, styles.quiet);
  private readonly left = addCell(this.element, styles.left);
  private readonly bar = this.left.appendChild(document.createElement("span"));
  private readonly drawBar = addLifeBar(this.bar);
  private readonly words = this.left.appendChild(document.createElement("span"));
  private readonly users = addCell(this.element, styles.users);

  constructor() {
    this.element.className = styles.row ?? "";
    this.fold.className = styles.fold ?? "";
    this.fold.dataset.fold = "";
    this.name.className = styles.name ?? "";
    this.count.className = styles.count ?? "";
    this.bar.className = styles.bar ?? "";
    this.words.className = styles.words ?? "";
  }

  show(row: TableRow): void {
    const { icon, name, type, key, left, users } = row.face;
    const level = row.kind === "group" ? 1 : row.level;
    const open = row.kind === "request" ? null : row.open;
    setAttribute(this.element, "data-kind", row.kind);
    setAttribute(this.element, "aria-level", String(level));
    setAttribute(this.element, "aria-expanded", open === null ? null : String(open));
    this.subject.style.paddingLeft = `${Math.max(0, level - 2) * 12}px`;
    setAttribute(this.element, "data-flat", row.kind === "request" || (row.kind === "certificate" && !isOwnAuthority(row.entry)) ? "" : null);
    this.showFold(open === null ? null : open ? "chevron-down" : "chevron-right");
    this.showIcon(icon);
    putVisible(this.name, name);
    this.name.title = visibleString(row.kind === "certificate" ? row.entry.certificate.subject : name);
    setText(this.count, row.kind === "group" ? formatNumber(row.count) : "");
    setText(this.type, type);
    setText(this.key, key);
    setAttribute(this.left, "data-tone", left?.tone ?? null);
    this.bar.hidden = left === null;
    if (left !== null) this.drawBar(left.share, left.tone);
    setText(this.words, left?.words ?? "");
    putVisible(this.users, users);
    this.users.title = visibleString(users);
  }
}
