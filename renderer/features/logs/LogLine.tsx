import { type CSSProperties, memo } from "react";
import { useTranslation } from "react-i18next";
import type { LogRow, LogStyle } from "../../../common/contract/index.ts";
import { visibleBidi } from "../../../common/text/index.ts";
import { useFormat } from "../../ui/format.ts";
import { Bookmark } from "../../ui/icons.ts";
import { useNoticeWords } from "./notice.ts";
import { segmentsOf } from "./segments.ts";
import "./LogLine.css";

export interface LogLineProps {
  row: LogRow;
  /** The source's short name; absent when there is only one. */
  label: string | undefined;
  times: boolean;
  marked: boolean;
  current: boolean;
  expression: RegExp | undefined;
  onWhole: (line: number) => void;
}

const letters = { error: "E", warn: "W" } as const;

/** A line's content never changes under its number, so that a row on screen is drawn once. */
export const LogLine = memo(DrawnLine, (before, after) => {
  return (
    before.row.line === after.row.line &&
    before.row.source === after.row.source &&
    before.row.found === after.row.found &&
    before.row.context === after.row.context &&
    before.row.gap === after.row.gap &&
    before.row.text.length === after.row.text.length &&
    before.label === after.label &&
    before.times === after.times &&
    before.marked === after.marked &&
    before.current === after.current &&
    before.expression === after.expression
  );
});

function DrawnLine({ row, label, times, marked, current, expression, onWhole }: LogLineProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const noticeWords = useNoticeWords();
  const classes = [
    "logs-line",
    row.level ? `logs-${row.level}` : "",
    row.notice ? "logs-notice" : "",
    row.context ? "logs-context" : "",
    row.gap ? "logs-gap" : "",
    marked ? "logs-marked" : "",
    current ? "logs-current" : "",
  ];
  const letter = row.level === "error" || row.level === "warn" ? letters[row.level] : "";
  return (
    <div className={classes.filter(Boolean).join(" ")} data-line={row.line}>
      <span className="logs-gutter">
        {marked ? <Bookmark size={11} aria-label={t("logs.marked")} /> : <span aria-hidden>{letter}</span>}
      </span>
      {times ? (
        <span className="logs-time" title={row.at}>
          {row.at === "" ? "" : localTime(row.at)}
        </span>
      ) : null}
      {label === undefined ? null : <span className={`logs-label logs-source-${row.source % 8}`}>{label}</span>}
      <span className="logs-text">
        {row.notice ? noticeWords(row.notice) : <Text row={row} expression={row.found ? expression : undefined} />}
        {row.bytes === undefined ? null : (
          <button type="button" className="logs-whole" onClick={() => onWhole(row.line)}>
            {t("logs.showAll", { size: format.bytes(row.bytes) })}
          </button>
        )}
      </span>
    </div>
  );
}

function Text({ row, expression }: { row: LogRow; expression: RegExp | undefined }) {
  const segments = segmentsOf(row.text, row.styles, expression);
  return segments.map(({ text, style, marked }, index) => {
    const shown = visibleBidi(text);
    if (style === undefined && !marked) return shown;
    const look = style === undefined ? undefined : lookOf(style);
    const Element = marked ? "mark" : "span";
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a line never change places
      <Element key={index} className={look?.className} style={look?.style}>
        {shown}
      </Element>
    );
  });
}

/** The program's colours: the sixteen by class (each theme has its own), others mixed towards the text's to stay legible. */
function lookOf(style: LogStyle): { className: string; style: CSSProperties } {
  const { color, background, bold, dim, italic, underline } = style;
  const classes = [
    typeof color === "number" ? `ansi-${color}` : "",
    typeof background === "number" ? `ansi-back ansi-back-${background}` : "",
    bold ? "ansi-bold" : "",
    dim ? "ansi-dim" : "",
    italic ? "ansi-italic" : "",
    underline ? "ansi-underline" : "",
  ];
  return {
    className: classes.filter(Boolean).join(" "),
    style: {
      ...(typeof color === "string" ? { color: `color-mix(in oklab, ${color} 55%, var(--text))` } : {}),
      ...(typeof background === "string" ? { background: `color-mix(in oklab, ${background} 25%, transparent)` } : {}),
    },
  };
}

/** The clock time here, to the millisecond. */
function localTime(at: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  const two = (value: number) => String(value).padStart(2, "0");
  const seconds = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${seconds}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}
