import { Composer, type Document, isAlias, isMap, isScalar, isSeq, LineCounter, Parser } from "yaml";
import { type Message, message, textOf } from "../../common/words/index.ts";

/** A value of a YAML text as kubectl understands it (go-yaml 2, YAML 1.1), with the line it begins on. */
export type YamlValue = { line: number } & (
  | { kind: "null" }
  | { kind: "text"; value: string }
  | { kind: "flag"; value: boolean }
  | { kind: "number"; value: number }
  | { kind: "list"; items: readonly YamlValue[] }
  | { kind: "mapping"; entries: ReadonlyMap<string, YamlValue> }
);

export class YamlFault extends Error {
  override readonly name = "YamlFault";
  readonly line: number | undefined;
  /** The parser's own words where it is a string. */
  readonly why: Message | string;

  constructor(why: Message | string, line: number | undefined) {
    super(typeof why === "string" ? why : textOf(why, "en"));
    this.why = why;
    this.line = line;
  }
}

/** The first document of a text, for reading and editing; kubectl reads no other. Undefined where there is none. */
export function firstDocument(text: string, lines = new LineCounter()): Document.Parsed | undefined {
  // Go's reader minds no indentation within quotes. The package compares each key of a mapping with every other.
  const composer = new Composer({ strict: false, uniqueKeys: false, version: "1.1", schema: "failsafe" });
  const parser = new Parser(lines.addNewLine);
  for (const document of composer.compose(parser.parse(text))) {
    const [broken] = document.errors;
    if (broken !== undefined) throw new YamlFault(broken.message, lines.linePos(broken.pos[0]).line);
    return document as Document.Parsed;
  }
  return undefined;
}

/** Reads the first document; a text without any is null. Throws {@link YamlFault} for what kubectl would not read. */
export function readYaml(text: string): YamlValue {
  const lines = new LineCounter();
  const control = unprintable.exec(text);
  const document = firstDocument(text, lines);
  if (control !== null) throw new YamlFault(message("kubeconfig.controlCharacters"), lineAt(text, control.index));
  if (document?.contents === null || document === undefined) return { kind: "null", line: 1 };
  return new Reader(lines).read(document.contents);
}

/** The value as JSON has it. */
export function toJson(value: YamlValue): unknown {
  if (value.kind === "null") return null;
  if (value.kind === "list") return value.items.map(toJson);
  if (value.kind === "mapping") {
    return Object.fromEntries([...value.entries].map(([key, entry]) => [key, toJson(entry)]));
  }
  return value.value;
}

/** Whether a scalar's text, written without quotes, would be read as something else than this text. */
export function isPlainText(text: string): boolean {
  return plain(text).kind === "text" && text !== "<<";
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that YAML does not allow
const unprintable = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/;

/** Aliases may make a small text say a lot; nobody's kubeconfig has this many values. */
const mostValues = 1_000_000;

class Reader {
  readonly #lines: LineCounter;
  readonly #anchors = new Map<string, Anchored>();
  /** Of what is read so far, with every alias as often as it stands there. */
  readonly #sizes = new WeakMap<YamlValue, number>();

  constructor(lines: LineCounter) {
    this.#lines = lines;
  }

  read(node: unknown): YamlValue {
    const line = this.#lineOf(node);
    if (isAlias(node)) {
      const anchored = this.#anchors.get(node.source);
      if (anchored === undefined) throw new YamlFault(message("kubeconfig.noAnchor", { name: node.source }), line);
      if (anchored.value === undefined)
        throw new YamlFault(message("kubeconfig.anchorInItself", { name: node.source }), line);
      return anchored.value;
    }
    const anchored: Anchored = { value: undefined };
    const anchor = isMap(node) || isSeq(node) || isScalar(node) ? node.anchor : undefined;
    if (anchor !== undefined) this.#anchors.set(anchor, anchored);
    anchored.value = this.#valueOf(node, line);
    return anchored.value;
  }

  #valueOf(node: unknown, line: number): YamlValue {
    if (isMap(node)) return this.#mapping(node.items, line);
    if (isSeq(node)) {
      const items = node.items.map((item) => this.read(item));
      return this.#counted({ kind: "list", items, line }, items);
    }
    if (!isScalar(node)) return { kind: "null", line };
    return { ...scalar(String(node.value ?? ""), node.type === "PLAIN", node.tag, line), line };
  }

  #mapping(pairs: readonly { key: unknown; value: unknown }[], line: number): YamlValue {
    const entries = new Map<string, YamlValue>();
    for (const { key, value } of pairs) {
      const merges = isScalar(key) && key.value === "<<" && (key.type === "PLAIN" || key.tag === mergeTag);
      const name = merges ? undefined : this.read(key);
      const read = this.read(value);
      // As in Go's reader, what comes later wins, also where it is merged.
      if (name === undefined) for (const [merged, entry] of mergedOf(read)) entries.set(merged, entry);
      else entries.set(keyText(name), read);
    }
    return this.#counted({ kind: "mapping", entries, line }, entries.values());
  }

  #counted(value: YamlValue, parts: Iterable<YamlValue>): YamlValue {
    let size = 1;
    for (const part of parts) size += this.#sizes.get(part) ?? 1;
    if (size > mostValues) throw new YamlFault(message("kubeconfig.aliasesTooLarge"), value.line);
    this.#sizes.set(value, size);
    return value;
  }

  #lineOf(node: unknown): number {
    const range = isAlias(node) || isMap(node) || isSeq(node) || isScalar(node) ? node.range : undefined;
    return range === null || range === undefined ? 1 : this.#lines.linePos(range[0]).line;
  }
}

interface Anchored {
  value: YamlValue | undefined;
}

type Scalar =
  | { kind: "null" }
  | { kind: "text"; value: string }
  | { kind: "flag"; value: boolean }
  | { kind: "number"; value: number };

const mergeTag = "tag:yaml.org,2002:merge";

/** go-yaml 2's `resolve`, as far as a kubeconfig can tell the difference. */
function scalar(source: string, isPlain: boolean, tag: string | undefined, line: number): Scalar {
  const short = tag?.replace(/^tag:yaml\.org,2002:/, "!!");
  if (short === undefined) return isPlain ? plain(source) : { kind: "text", value: source };
  if (short === "!!binary") return { kind: "text", value: Buffer.from(source, "base64").toString("utf8") };
  const wanted = kindOfTag[short];
  // Other tags, and "!", leave the text as it is.
  if (wanted === undefined) return { kind: "text", value: source };
  const read = plain(source);
  if (read.kind !== wanted) throw new YamlFault(message("kubeconfig.notOfTag", { text: source, tag: short }), line);
  return read;
}

const kindOfTag: Record<string, Scalar["kind"]> = {
  "!!bool": "flag",
  "!!int": "number",
  "!!float": "number",
  "!!null": "null",
};

function plain(source: string): Scalar {
  if (/^(~|null|Null|NULL|)$/.test(source)) return { kind: "null" };
  if (/^(y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/.test(source)) return { kind: "flag", value: true };
  if (/^(n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/.test(source)) return { kind: "flag", value: false };
  const number = numberOf(source);
  return number === undefined ? { kind: "text", value: source } : { kind: "number", value: number };
}

function numberOf(source: string): number | undefined {
  if (/^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$/.test(source)) {
    if (/nan/i.test(source)) return Number.NaN;
    return source.startsWith("-") ? -Infinity : Infinity;
  }
  if (!/^[-+.\d]/.test(source)) return undefined;
  const digits = source.startsWith(".") ? source : source.replaceAll("_", "");
  const [, sign, prefixed] = /^([-+]?)(0[xX][\da-fA-F]+|0[bB][01]+|0[oO]?[0-7]+)$/.exec(digits) ?? [];
  if (prefixed !== undefined) {
    const value = BigInt(/^0[0-7]/.test(prefixed) ? `0o${prefixed.slice(1)}` : prefixed);
    // Longer ones fit no integer; in decimal digits they are a float then.
    if (value < 1n << 64n) return sign === "-" ? -Number(value) : Number(value);
  }
  return /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/.test(digits) ? Number(digits) : undefined;
}

/** Keys are texts in JSON, whatever they were in YAML. */
function keyText(key: YamlValue): string {
  if (key.kind === "text") return key.value;
  if (key.kind === "flag" || key.kind === "number") return String(key.value);
  throw new YamlFault(message("kubeconfig.keyNotText"), key.line);
}

/** What `<<` brings; of a list's mappings the earlier win. */
function mergedOf(value: YamlValue): Iterable<[string, YamlValue]> {
  const sources = value.kind === "list" ? value.items.toReversed() : [value];
  return sources.flatMap((source) => {
    if (source.kind !== "mapping") throw new YamlFault(message("kubeconfig.mergeNotMapping"), value.line);
    return [...source.entries];
  });
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}
