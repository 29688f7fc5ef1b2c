import type { LogNotice, LogRow } from "../../common/contract/index.ts";
import { levelOf } from "./level.ts";
import { stampLength } from "./lines.ts";
import type { LogStore } from "./store.ts";
import { plain, styled } from "./text.ts";

/** Bytes of a line that a view gets; {@link wholeLine} has the rest. */
const clipBytes = 4_000;
/** Of one line; more would be of no use to anyone's eyes. */
const mostBytes = 8 << 20;
const carriageReturn = 0x0d;

/** A kept line as views show it. */
export function rowAt(store: LogStore, line: number): LogRow | undefined {
  const kept = store.at(line);
  if (kept === undefined) return undefined;
  const notice = store.noticeAt(line);
  const { at, drawn } = parts(kept.bytes);
  const clipped = drawn.length > clipBytes;
  const { text, styles } = styled(decode(clipped ? wholeCharacters(drawn, clipBytes) : drawn));
  const level = notice === undefined ? levelOf(text) : undefined;
  return {
    line,
    source: kept.source,
    at,
    text,
    ...(clipped ? { bytes: drawn.length } : {}),
    ...(styles.length === 0 ? {} : { styles }),
    ...(level === undefined ? {} : { level }),
    ...(notice === undefined ? {} : { notice }),
  };
}

/** A kept line in full, without ANSI codes. */
export function wholeLine(store: LogStore, line: number): { source: number; at: string; text: string } | undefined {
  const kept = store.at(line);
  if (kept === undefined) return undefined;
  const { at, drawn } = parts(kept.bytes);
  return { source: kept.source, at, text: plain(decode(wholeCharacters(drawn, mostBytes))) };
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
      return `--- ${source}: ${notice.message}`;
  }
}

function parts(bytes: Buffer): { at: string; drawn: Buffer } {
  const length = stampLength(bytes, 0, bytes.length);
  let drawn = length === 0 ? bytes : bytes.subarray(Math.min(length + 1, bytes.length));
  let end = drawn.length;
  while (end > 0 && drawn[end - 1] === carriageReturn) end--;
  drawn = drawn.subarray(0, end);
  // Of a progress bar only the last drawing is seen, however long its history.
  const last = drawn.lastIndexOf(carriageReturn);
  return { at: bytes.toString("latin1", 0, length), drawn: last < 0 ? drawn : drawn.subarray(last + 1) };
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
