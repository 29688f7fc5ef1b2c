import { at, list, text, textMap } from "../../../common/json/index.ts";
import { formatLabelSelector, formatLabels } from "../../../common/kube/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { lastApplied } from "../../redaction/index.ts";
import { eventsAbout } from "../events.ts";
import type { Look } from "../live-query.ts";
import type { Sheet } from "./describe-writer.ts";

/** One kind's way to be described: what it says goes on the sheet. */
export type Describer = (sheet: Sheet, object: KubeObject, look: Look) => void;

/** As kubectl: longer annotations are cut. */
const longest = 140;

/** Text, numbers and yes or no as they are written; undefined for what is not there. */
export function word(value: unknown, ...path: string[]): string | undefined {
  const found = path.length === 0 ? value : at(value, ...path);
  return ["string", "number", "bigint", "boolean"].includes(typeof found) ? String(found) : undefined;
}

export function wordOr(fallback: string, value: unknown, ...path: string[]): string {
  return word(value, ...path) || fallback;
}

/** Go's way to write a list. */
export function bracketed(values: readonly string[]): string {
  return `[${values.join(" ")}]`;
}

export function labelsLine(labels: Record<string, string>): string {
  return formatLabels(labels) ?? "<none>";
}

export function labelLines(sheet: Sheet, title: string, labels: unknown, level = 0): void {
  sheet.values(
    title,
    sorted(textMap(labels)).map(([key, value]) => `${key}=${value}`),
    level,
  );
}

export function annotationLines(sheet: Sheet, annotations: unknown, title = "Annotations", level = 0): void {
  const lines = sorted(textMap(annotations))
    .filter(([key]) => key !== lastApplied)
    .flatMap(([key, raw]) => {
      const value = raw.replace(/\n$/, "");
      if (value.length + key.length + 2 <= longest && !value.includes("\n")) return [`${key}: ${value}`];
      return [`${key}:`, ...value.split("\n").map((line) => `  ${shortened(line)}`)];
    });
  sheet.values(title, lines, level);
}

function shortened(line: string): string {
  return line.length > longest - 2 ? `${line.slice(0, longest - 2)}...` : line;
}

export function sorted(map: Record<string, string>): [string, string][] {
  return Object.entries(map).toSorted(([one], [other]) => (one < other ? -1 : 1));
}

/** Name, namespace, labels, annotations: how nearly every kind begins. */
export function head(sheet: Sheet, object: KubeObject, { namespace = true } = {}): void {
  const { name, namespace: where, labels, annotations } = object.metadata;
  sheet.pair("Name", name);
  if (namespace) sheet.pair("Namespace", where ?? "");
  labelLines(sheet, "Labels", labels);
  annotationLines(sheet, annotations);
}

export function created(sheet: Sheet, object: KubeObject): void {
  sheet.pair("CreationTimestamp", date(object.metadata.creationTimestamp));
}

/** A LabelSelector in words, as kubectl writes it. */
export function selectorWords(selector: unknown): string {
  return formatLabelSelector(selector) ?? "<none>";
}

/** `Mon, 02 Jan 2006 15:04:05 -0700` in this machine's zone, as kubectl writes times. */
export function date(value: unknown): string {
  const time = new Date(text(value) ?? Number.NaN);
  if (Number.isNaN(time.getTime())) return "<unset>";
  const days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
  const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const two = (number: number) => String(number).padStart(2, "0");
  const offset = -time.getTimezoneOffset();
  const zone = `${offset < 0 ? "-" : "+"}${two(Math.floor(Math.abs(offset) / 60))}${two(Math.abs(offset) % 60)}`;
  return `${days[time.getDay()]}, ${two(time.getDate())} ${months[time.getMonth()]} ${time.getFullYear()} ${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())} ${zone}`;
}

/** How long, as kubectl writes it: 45s, 3m20s, 12m, 5h10m, 2d3h, 40d (k8s.io/apimachinery, HumanDuration). */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  const both = (large: string, rest: number, sign: string) => (rest === 0 ? large : `${large}${rest}${sign}`);
  if (seconds < 120) return `${seconds}s`;
  if (minutes < 10) return both(`${minutes}m`, seconds % 60, "s");
  if (hours < 3) return `${minutes}m`;
  if (hours < 8) return both(`${hours}h`, minutes % 60, "m");
  if (days < 2) return `${hours}h`;
  if (days < 8) return both(`${days}d`, hours % 24, "h");
  if (days < 730) return `${days}d`;
  if (days < 2920) return both(`${Math.floor(days / 365)}y`, days % 365, "d");
  return `${Math.floor(days / 365)}y`;
}

export function age(look: Look, value: unknown): string {
  const since = typeof value === "number" ? value : Date.parse(text(value) ?? "");
  return Number.isNaN(since) || since === 0 ? "<unknown>" : duration(look.now - since);
}

/** Conditions as a table of these fields; the first is always the type. */
export function conditionTable(sheet: Sheet, object: unknown, columns: readonly string[]): void {
  const conditions = list(at(object, "status", "conditions"));
  if (conditions.length === 0) return;
  sheet.heading("Conditions");
  sheet.table(
    columns,
    conditions.map((condition) =>
      columns.map((column) => {
        const value = at(condition, column.slice(0, 1).toLowerCase() + column.slice(1));
        return column.endsWith("Time") ? date(value) : (word(value) ?? "");
      }),
    ),
  );
}

export function controller(sheet: Sheet, object: KubeObject): void {
  const owner = object.metadata.ownerReferences?.find((reference) => reference.controller);
  if (owner) sheet.pair("Controlled By", `${owner.kind}/${owner.name}`);
}

/** Events as kubectl shows them: oldest first. */
export function eventTable(sheet: Sheet, object: KubeObject, look: Look): void {
  const events = eventsAbout(look, object).toReversed();
  if (events.length === 0) {
    sheet.pair("Events", "<none>");
    return;
  }
  sheet.heading("Events");
  sheet.table(
    ["Type", "Reason", "Age", "From", "Message"],
    events.map(({ warning, reason, first, last, count, source, message, fieldPath }) => [
      warning ? "Warning" : "Normal",
      reason,
      count > 1 ? `${age(look, last)} (x${count} over ${age(look, first)})` : age(look, first),
      source,
      fieldPath ? `${fieldPath}: ${message}` : message,
    ]),
  );
}
