import { stripVTControlCharacters, styleText } from "node:util";
import stringWidth from "string-width";
import { type AppError, errorDetail, type LogEntry, saidOf } from "../../common/contract/index.ts";
import { visibleBidi } from "../../common/text/index.ts";
import { type Language, type Message, textOf } from "../../common/words/cli.ts";

/** How a command shows itself: for a person at a terminal, as plain lines, or as one JSON object a line. */
export interface Output {
  readonly json: boolean;
  /** What everything is said in; English in JSON, which programs read. */
  readonly language: Language;
  /** A message in that language. */
  text(said: Message | string): string;
  /** A line for people; not shown in JSON. */
  say(text: string): void;
  /** What was asked for: in JSON `data`, else the lines. */
  result(type: string, data: unknown, lines: readonly string[]): void;
  log(entry: LogEntry): void;
  /** How far it is; `label` is one line. Drawn in place at a terminal, else at each tenth. */
  progress(fraction: number, label: string, data?: unknown): void;
  error(error: AppError): void;
  /** Leaves the terminal tidy. */
  end(): void;
}

interface Terminal {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

const barWidth = 24;
const levelSigns = { info: "·", ok: "✓", warn: "!", error: "✗" } as const;

export function createOutput(json: boolean, stdout: Terminal, stderr: Terminal, language: Language = "en"): Output {
  if (json) return jsonOutput(stdout);
  return textOutput(stdout, stderr, stdout.isTTY === true, language);
}

function jsonOutput(stdout: Terminal): Output {
  const put = (value: object) => void stdout.write(`${JSON.stringify(value)}\n`);
  return {
    json: true,
    language: "en",
    text: (said) => (typeof said === "string" ? said : textOf(said, "en")),
    say: () => undefined,
    result: (type, data) => put({ type, data }),
    log: (entry) => put({ type: "log", data: entry }),
    progress: (fraction, label, data) => put({ type: "progress", data: data ?? { fraction, label } }),
    error: (error) => put({ type: "error", data: error }),
    end: () => undefined,
  };
}

function textOutput(stdout: Terminal, stderr: Terminal, live: boolean, language: Language): Output {
  let drawn = false;
  let tenth = -1;

  function clear(): void {
    if (drawn) stdout.write("\r\x1b[2K");
    drawn = false;
  }

  function line(text: string, to: Terminal = stdout): void {
    clear();
    // What is piped on stays as it is.
    to.write(`${to.isTTY ? visibleBidi(text) : text}\n`);
  }

  function text(said: Message | string): string {
    return typeof said === "string" ? said : textOf(said, language);
  }

  return {
    json: false,
    language,
    text,
    say: (words) => line(words),
    result: (_type, _data, lines) => {
      for (const one of lines) line(one);
    },
    log({ level, component, message, said, tookMs }) {
      const colour = { info: "dim", ok: "green", warn: "yellow", error: "red" } as const;
      const sign = live ? styleText(colour[level], levelSigns[level], { stream: process.stdout }) : levelSigns[level];
      const where = component === undefined ? "" : `${component}: `;
      line(`${sign} ${where}${text(said ?? message)}${tookMs === undefined ? "" : ` (${seconds(tookMs)})`}`);
    },
    progress(fraction, label) {
      const percent = `${String(Math.floor(fraction * 100)).padStart(3)}%`;
      if (!live) {
        const now = Math.floor(fraction * 10);
        if (now > tenth) line(`${percent} ${label}`);
        tenth = now;
        return;
      }
      clear();
      const full = Math.round(fraction * barWidth);
      const bar = `${"█".repeat(full)}${"░".repeat(barWidth - full)} ${percent} ${label}`;
      stdout.write(fitted(visibleBidi(bar), (stdout.columns ?? 80) - 1));
      drawn = true;
    },
    error(error) {
      const { fix } = error;
      const detail = errorDetail(error, language);
      line(`✗ ${text(saidOf(error))}`, stderr);
      if (detail !== undefined) line(indented(detail), stderr);
      if (fix !== undefined) line(`  → ${text(fix.said ?? fix.title)}`, stderr);
    },
    end: clear,
  };
}

/** Cuts a line to the terminal's width, so that drawing it again never leaves a second line behind. */
function fitted(text: string, columns: number): string {
  const plain = stripVTControlCharacters(text);
  if (stringWidth(plain) <= columns) return plain;
  let cut = "";
  let width = 1; // of the dots
  for (const { segment } of new Intl.Segmenter().segment(plain)) {
    width += stringWidth(segment);
    if (width > columns) break;
    cut += segment;
  }
  return `${cut}…`;
}

function indented(text: string): string {
  return text
    .split("\n")
    .map((part) => `  ${part}`)
    .join("\n");
}

export function seconds(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

/** Lines of a table whose columns are as wide as their widest cell; a letter of Korean takes two columns of a terminal. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((title, column) =>
    Math.max(stringWidth(title), ...rows.map((row) => stringWidth(row[column] ?? ""))),
  );
  const lineOf = (row: readonly string[]) =>
    row
      .map((cell, column) => cell + " ".repeat(Math.max(0, (widths[column] ?? 0) - stringWidth(cell))))
      .join("  ")
      .trimEnd();
  return [head, ...rows].map(lineOf);
}
