import type { LogLevel } from "../../common/contract/index.ts";

const words: Readonly<Record<string, LogLevel>> = {
  trace: "trace",
  debug: "debug",
  dbg: "debug",
  info: "info",
  information: "info",
  notice: "info",
  inf: "info",
  warn: "warn",
  warning: "warn",
  wrn: "warn",
  err: "error",
  error: "error",
  fatal: "error",
  crit: "error",
  critical: "error",
  alert: "error",
  emergency: "error",
  emerg: "error",
  panic: "error",
  dpanic: "error",
  severe: "error",
  exception: "error",
};

const order: readonly LogLevel[] = ["trace", "debug", "info", "warn", "error"];
const klogLetters: Readonly<Record<string, LogLevel>> = { I: "info", W: "warn", E: "error", F: "error" };
/** What a level is looked for in: it stands near the beginning. */
const headLength = 400;

/** https://github.com/kubernetes/klog: Lmmdd hh:mm:ss.uuuuuu threadid file:line] */
const klog = /^([IWEF])\d{4} \d\d:\d\d:\d\d\.\d+ /;
const json = /"(?:level|severity|lvl|log\.level|levelname|loglevel)"\s*:\s*(?:"([A-Za-z]+)"|(\d+))/i;
const logfmt = /(?:^|\s)(?:level|lvl|severity)=("?)([A-Za-z]+)\1/i;
/** The word in capitals, in brackets, before a colon or between pipes: `ERROR x`, `[warn] x`, `Warning: x`. */
const capitals =
  /(?:^|[\s[(|<:])(TRACE|DEBUG|DBG|INFO|NOTICE|WARN|WARNING|WRN|ERROR|ERR|FATAL|CRITICAL|CRIT|PANIC|SEVERE)(?=$|[\s\])|>:,-])/;
const marked =
  /(?:^|\s)(?:\[(trace|debug|info|notice|warn|warning|error|fatal|critical|panic|emerg|alert|crit)\]|(debug|info|warning|error|fatal|panic|exception):)/i;
const thrown =
  /^(?:Traceback \(most recent call last\)|panic: |goroutine \d+ \[|Exception in thread|Caused by: )|^[\w.$]*(?:Error|Exception)(?::|$)/;

/** How grave a line is, by the forms programs write: klog, JSON, logfmt, words. Undefined when it does not say. */
export function levelOf(text: string): LogLevel | undefined {
  const head = text.length > headLength ? text.slice(0, headLength) : text;
  const first = head[0];
  if (first === "I" || first === "W" || first === "E" || first === "F") {
    const letter = klog.exec(head)?.[1];
    if (letter !== undefined) return klogLetters[letter];
  }
  if (head.trimStart().startsWith("{")) {
    const found = json.exec(head);
    if (found !== null) return found[1] === undefined ? numbered(Number(found[2])) : word(found[1]);
  }
  const pair = logfmt.exec(head)?.[2];
  if (pair !== undefined && word(pair) !== undefined) return word(pair);
  const shouted = capitals.exec(head)?.[1];
  if (shouted !== undefined) return word(shouted);
  const said = marked.exec(head);
  if (said !== null) return word(said[1] ?? said[2] ?? "");
  return thrown.test(head) ? "error" : undefined;
}

/** Drawings of one line that are looked at, at its start and at its end each. */
const mostDrawings = 100;

/** The gravest level in a line that was drawn over with \r: what is no longer seen was said all the same. */
export function gravestLevel(text: string): LogLevel | undefined {
  if (!text.includes("\r")) return levelOf(text);
  const all = text.split("\r");
  const drawings = all.length > 2 * mostDrawings ? [...all.slice(0, mostDrawings), ...all.slice(-mostDrawings)] : all;
  let gravest: LogLevel | undefined;
  for (const drawing of drawings) {
    const level = levelOf(drawing);
    if (level !== undefined && (gravest === undefined || atLeast(level, gravest))) gravest = level;
  }
  return gravest;
}

export function atLeast(level: LogLevel | undefined, least: LogLevel): boolean {
  return level !== undefined && order.indexOf(level) >= order.indexOf(least);
}

function word(text: string): LogLevel | undefined {
  return words[text.toLowerCase()];
}

/** Numbers of bunyan and pino: 10 trace … 60 fatal. */
function numbered(level: number): LogLevel | undefined {
  if (level < 10 || level > 60) return undefined;
  return order[Math.min(Math.floor(level / 10) - 1, order.length - 1)];
}
