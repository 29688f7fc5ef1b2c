import { JSONPath } from "jsonpath-plus";
import { FlowdeckError } from "../../common/contract/flowdeck-error.ts";
import type { Cell } from "../../common/contract/index.ts";
import { type Message, message } from "../../common/words/index.ts";
import { readCell } from "./table-json.ts";

/** Reads one value out of an object for a column of the user's own. */
export type PathReader = (object: Record<string, unknown>) => Cell;

/**
 * Understands JSONPath as kubectl writes it in custom columns: `.a.b`, `{.a.b}`, `a.b`, `\.` for a dot inside a key,
 * `[0]`, `[*]`, `['key']`, `..key`, `[?(@.type=="Ready")]`. Several values are joined by commas; none give null.
 * https://kubernetes.io/docs/reference/kubectl/jsonpath/ Throws `invalid-input` for what is no path.
 */
export function readPath(path: string): PathReader {
  const expression = toJsonPath(path);
  const read = (object: Record<string, unknown>): unknown[] => {
    // What a filter says about an object where it makes no sense is no match.
    const options = { path: expression, json: object, wrap: true, eval: "safe", ignoreEvalErrors: true } as const;
    const found: unknown = JSONPath(options);
    return Array.isArray(found) ? found : [];
  };
  return (object) => {
    const values = read(object);
    if (values.length === 0) return null;
    if (values.length === 1) return readCell(values[0]);
    return values.map((value) => readCell(value) ?? "").join(",");
  };
}

/** The same path in the dialect of jsonpath-plus, with every key in brackets. */
export function toJsonPath(path: string): string {
  const inner = /^\{(.*)\}$/s.exec(path.trim())?.[1] ?? path.trim();
  const steps = inner.replace(/^[$@]/, "");
  let at = 0;
  let result = "$";
  while (at < steps.length) {
    const rest = steps.slice(at);
    const bracket = rest.startsWith("[") ? closingBracket(rest) : 0;
    if (bracket > 0) {
      result += rest.slice(0, bracket);
      at += bracket;
      continue;
    }
    const key = /^(\.{0,2})((?:\\.|[^.[\]\\])+)/s.exec(rest);
    const dots = key?.[1] ?? "";
    if (key?.[2] === undefined || (dots === "" && at > 0))
      throw badPath(path, message("table.pathUnreadable", { rest }));
    const name = key[2].replaceAll(/\\(.)/gs, "$1");
    if (dots === "..") result += "..";
    result += name === "*" ? "[*]" : `[${quoted(name)}]`;
    at += key[0].length;
  }
  if (result === "$") throw badPath(path, message("table.pathEmpty"));
  return result;
}

/** In jsonpath-plus, a backquote takes away what the next character means. */
function quoted(name: string): string {
  return `'${name}'`;
}

/** How long the bracketed step at the beginning is, brackets and quotes inside it included. */
function closingBracket(text: string): number {
  let depth = 0;
  let quote = "";
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? "";
    if (quote !== "") {
      if (character === "\\") at++;
      else if (character === quote) quote = "";
    } else if (character === '"' || character === "'") quote = character;
    else if (character === "[") depth++;
    else if (character === "]" && --depth === 0) return at + 1;
  }
  return 0;
}

function badPath(path: string, why: Message): FlowdeckError {
  return new FlowdeckError("invalid-input", message("table.badPath", { path, why }), {
    advice: message("table.pathExample", { example: '.status.conditions[?(@.type=="Ready")].status' }),
  });
}
