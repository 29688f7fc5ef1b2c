import type { LogNotice, LogRow, LogStyle } from "../../common/contract/index.ts";
import { textOf } from "../../common/words/index.ts";
import { gravestLevel } from "./level.ts";
import { stampLength } from "./lines.ts";
import type { LogStore } from "./store.ts";
import { plain, styled } from "./text.ts";

/** Bytes of a line that a view gets; {@link wholeLine} has the rest. */
const clipBytes = 4_000;
/** Of one line; more would be of no use to anyone's eyes. */
const mostBytes = 8 << 20;
/** Of a line that was drawn over again and again: what was drawn before is hidden by now. */
const mostDrawn = 64 << 10;
const carriageReturn = 0x0d;

/** A kept line as views show it. */
export function rowAt(store: LogStore, line: number): LogRow | undefined {
  const kept = store.at(line);
  if (kept === undefined) return undefined;
  const notice = store.noticeAt(line);
  const { at, said } = parts(kept.bytes);
  const { text, styles, clipped } = seen(said);
  const level = notice === undefined ? gravestLevel(plain(decode(wholeCharacters(said, mostDrawn)))) : undefined;
  return {
    line,
    source: kept.source,
    at,
    text,
    ...(clipped ? { bytes: said.length } : {}),
    ...(styles.length === 0 ? {} : { styles }),
    ...(level === undefined ? {} : { level }),
    ...(notice === undefined ? {} : { notice }),
  };
}

/** What is on screen of a line. */
function seen(said: Buffer): { text: string; styles: LogStyle[]; clipped: boolean } {
  if (!said.includes(carriageReturn)) {
    const clipped = said.length > clipBytes;
    return { ...styled(decode(clipped ? wholeCharacters(said, clipBytes) : said)), clipped };
  }
  const { text, styles } = styled(decode(lastDrawings(said)));
  if (text.length <= clipBytes) return { text, styles, clipped: false };
  const kept = styles.filter(({ start }) => start < clipBytes);
  return {
    text: text.slice(0, clipBytes),
    styles: kept.map((style) => ({ ...style, end: Math.min(style.end, clipBytes) })),
    clipped: true,
  };
}

/** A kept line as `kubectl logs` gives it. */
export function recordedLine(store: LogStore, line: number): { source: number; at: string; text: string } | undefined {
  const kept = store.at(line);
  if (kept === undefined) return undefined;
  const { at, recorded } = parts(kept.bytes);
  return { source: kept.source, at, text: decode(wholeCharacters(recorded, mostBytes)) };
}

/** A kept line in full to be read, without ANSI codes; each drawing of one that was drawn over is a line of its own. */
export function wholeLine(store: LogStore, line: number): { at: string; text: string } | undefined {
  const recorded = recordedLine(store, line);
  if (recorded === undefined) return undefined;
  return { at: recorded.at, text: plain(recorded.text).replaceAll("\r", "\n") };
}

/** What a notice says where there are only words: in files, for searches. */
export function noticeText(source: string, notice: LogNotice): string {
  switch (notice.what) {
    case "joined":
      return `--- ${source}: joined`;
    case "ended":
      return `--- ${source}: ended${notice.exitCode === undefined ? "" : ` with exit code ${notice.exitCode}`}${notice.reason === undefined ? "" : ` (${notice.reason})`}`;
    case "restarted":
      return `--- ${source}: restarted${notice.missedRuns === 0 ? "" : `; the logs of ${notice.missedRuns} runs in between could not be read`}`;
    case "gone":
      return `--- ${source}: the pod is gone`;
    case "reconnected":
      return `--- ${source}: went on after a break of ${Math.round(notice.afterMs)} ms; nothing is missing`;
    case "gap":
      return `--- ${source}: the log was rotated during a break; lines may be missing here`;
    case "failed":
      return `--- ${source}: ${textOf(notice.said, "en")}`;
  }
}

/** A line's time, what was recorded behind it, and that without the \r at its end. */
function parts(bytes: Buffer): { at: string; recorded: Buffer; said: Buffer } {
  const length = stampLength(bytes, 0, bytes.length);
  const recorded = length === 0 ? bytes : bytes.subarray(Math.min(length + 1, bytes.length));
  let end = recorded.length;
  while (end > 0 && recorded[end - 1] === carriageReturn) end--;
  return { at: bytes.toString("latin1", 0, length), recorded, said: recorded.subarray(0, end) };
}

/** As many of the last drawings of a line as are drawn; at least the last, however long. */
function lastDrawings(said: Buffer): Buffer {
  if (said.length <= mostDrawn) return said;
  const next = said.indexOf(carriageReturn, said.length - mostDrawn);
  const start = next < 0 ? said.lastIndexOf(carriageReturn) : next;
  return wholeCharacters(said.subarray(start + 1), mostBytes);
}

/** At most so many bytes, without a piece of a character at the end. */
function wholeCharacters(bytes: Buffer, most: number): Buffer {
  if (bytes.length <= most) return bytes;
  let end = most;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.subarray(0, end);
}

function decode(bytes: Buffer): string {
  return bytes.toString("utf8");
}
