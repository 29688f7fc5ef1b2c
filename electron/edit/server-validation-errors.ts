import { type EditProblem, type FieldOwner, FlowdeckError } from "../../common/contract/index.ts";
import { conflictsOf, statusOf } from "../cluster/index.ts";
import { parseFieldPath } from "./field-path.ts";
import { fieldManager } from "./requests.ts";
import type { TextDocument } from "./yaml-text.ts";

const cannotChange =
  /immutable|may not change fields other than|updates to .* are forbidden|may not be (?:changed|modified)|cannot be (?:changed|modified|updated)/i;
const longestMessage = 600;

/** What a refused write tells about the text: problems with their places, and managers in the way. */
export interface Refused {
  problems: EditProblem[];
  owners: FieldOwner[];
}

/** Reads why a write was refused; undefined for what has nothing to do with the text (no rights, no connection …). */
export function readRefusal(error: unknown, document: TextDocument): Refused | undefined {
  if (!(error instanceof FlowdeckError)) return undefined;
  const owners = conflictsOf(error)
    .filter(({ manager }) => manager !== fieldManager)
    .map(({ manager, fields }) => ({ manager, fields: [...fields] }));
  if (owners.length > 0) return { problems: [], owners };
  const status = statusOf(error);
  if (status === undefined || (error.code !== "object-invalid" && status.code !== 422)) return undefined;
  const found = [...fromCauses(status.details.causes), ...fromWords(status.message)];
  const said = found.length > 0 ? found : [{ message: status.message, path: undefined }];
  return {
    owners: [],
    problems: unique(said).map(({ message, path }) => ({
      severity: "error",
      kind: cannotChange.test(message) ? "immutable" : "server",
      message: shortened(message),
      ...(path === undefined ? {} : { path, ...document.placeOf(parseFieldPath(path)) }),
    })),
  };
}

interface Said {
  message: string;
  path: string | undefined;
}

function fromCauses(causes: readonly { message?: string; field?: string }[]): Said[] {
  return causes.flatMap(({ message, field }): Said[] => {
    if (message === undefined || message === "") return [];
    const path = field === undefined || field === "" || field === "<nil>" ? undefined : field.replace(/^\./, "");
    return [{ message, path }];
  });
}

/** Decoding errors come as one sentence for all fields. */
function fromWords(message: string): Said[] {
  const unknown = [...message.matchAll(/(unknown|duplicate) field "([^"]+)"/g)].map(
    ([, what, path]): Said => ({ message: what === "unknown" ? "unknown field" : "duplicate field", path }),
  );
  const wrong = [...message.matchAll(/cannot unmarshal (\w+) into Go struct field \w+\.(\S+) of type (\S+)/g)].map(
    ([, given, path, wanted]): Said => ({ message: `${given} where ${typeWords(wanted)} belongs`, path }),
  );
  const undeclared = [...message.matchAll(/\.([\w.[\]"=-]+): field not declared in schema/g)].map(
    ([, path]): Said => ({ message: "unknown field", path }),
  );
  return [...unknown, ...wrong, ...undeclared];
}

/** A Go type in a reader's words. */
function typeWords(type = ""): string {
  const bare = type.replace(/^\*/, "");
  if (/^u?int\d*$/.test(bare)) return "an integer";
  if (/^float\d*$/.test(bare)) return "a number";
  if (bare === "bool") return "true or false";
  if (bare === "string") return "text (in quotes)";
  if (bare.startsWith("[]")) return "a list";
  return bare.startsWith("map[") ? "a map" : (bare.split(".").at(-1) ?? bare);
}

function unique(said: readonly Said[]): Said[] {
  const seen = new Set<string>();
  return said.filter(({ message, path }) => {
    const key = `${path}\n${message}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** The API server adds Go's view of both objects below its sentence. */
function shortened(message: string): string {
  const sentence = message.split("\n", 1)[0] ?? "";
  return sentence.length <= longestMessage ? sentence : `${sentence.slice(0, longestMessage)}…`;
}
