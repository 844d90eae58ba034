import { useTranslation } from "react-i18next";
import { cx } from "@/components/cx";
import type { TokenMove, TokenState } from "@/contract";
import { LOOKS } from "./state";
import styles from "./Token.module.css";

const BOXES = [
  { state: "unused", x: 1, y: 22, width: 82 },
  { state: "active", x: 139, y: 22, width: 82 },
  { state: "suspended", x: 277, y: 22, width: 84 },
  { state: "revoked", x: 208, y: 106, width: 84 },
] as const;
const HEIGHT = 30;

/** Ways between the states: the line, its head, and where its word stands. */
const WAYS = [
  { from: "unused", to: "active", word: "firstUse", line: "M83 37H138", head: "M133 33l6 4-6 4", x: 110, y: 31, align: "middle", tone: "accent" },
  { from: "active", to: "suspended", word: "suspend", line: "M221 31H276", head: "M271 27l6 4-6 4", x: 249, y: 17, align: "middle", tone: "accent" },
  { from: "suspended", to: "active", word: "reactivate", line: "M277 45H222", head: "M227 41l-6 4 6 4", x: 249, y: 63, align: "middle", tone: "accent" },
  { from: "active", to: "revoked", word: "revoke", line: "M180 52V121H207", head: "M202 117l6 4-6 4", x: 175, y: 92, align: "end", tone: "bad" },
  { from: "suspended", to: "revoked", word: "revoke", line: "M303 52V121H293", head: "M298 117l-6 4 6 4", x: 308, y: 92, align: "start", tone: "bad" },
] as const;

interface StateDiagramProps {
  state: TokenState;
  moves: readonly TokenMove[];
}

/** The states of an endpoint token and the ways between them, as a picture; the buttons below it are the control. */
export function StateDiagram({ state, moves }: StateDiagramProps) {
  const { t } = useTranslation();
  const moveTo = (from: TokenState, to: TokenState) => (from === state ? moves.find((move) => move.to === to) : undefined);
  return (
    <svg className={styles.diagram} viewBox="0 0 372 140" role="img" aria-label={altText()}>
      {WAYS.map((way) => {
        const move = moveTo(way.from, way.to);
        const open = move !== undefined || (state === "unused" && way.from === "unused");
        return (
          <g key={`${way.from}-${way.to}`} className={styles.way} data-way={open ? way.tone : undefined} data-try={move?.documented === false ? "" : undefined}>
            <path d={way.line} />
            <path d={way.head} />
            <text x={way.x} y={way.y} textAnchor={way.align}>
              {t(`token.way.${move?.documented === false ? "tryRevoke" : way.word}`)}
            </text>
          </g>
        );
      })}
      {BOXES.map((box) => (
        <g key={box.state} className={cx(box.state === state && styles.here)} data-tone={LOOKS[box.state].tone}>
          <rect className={styles.box} x={box.x} y={box.y} width={box.width} height={HEIGHT} rx="5" />
          <text x={box.x + box.width / 2} y={box.y + HEIGHT / 2 + 4} textAnchor="middle">
            {t(`token.state.${box.state}`)}
          </text>
        </g>
      ))}
    </svg>
  );

  function altText(): string {
    const here = t("token.diagram", { state: t(`token.state.${state}`) });
    const ways: string[] = moves.map(({ to, documented }) => t(documented ? "token.diagramMove" : "token.diagramTry", { to: t(`token.state.${to}`) }));
    if (state === "unused") ways.push(t("token.diagramFirstUse"));
    return [here, ...(ways.length === 0 ? [t("token.diagramEnd")] : ways)].join(" ");
  }
}
