import { type EditProblem, type FieldOwner, FlowdeckError } from "../../common/contract/index.ts";
import { type Message, message, textOf, verbatim } from "../../common/words/index.ts";
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
  const refused = found.length > 0 ? found : [{ words: status.message, path: undefined }];
  return {
    owners: [],
    problems: unique(refused).map(({ words, path }) => ({
      severity: "error",
      kind: typeof words === "string" && cannotChange.test(words) ? "immutable" : "server",
      said: typeof words === "string" ? verbatim(shortened(words)) : words,
      ...(path === undefined ? {} : { path, ...document.placeOf(parseFieldPath(path)) }),
    })),
  };
}

interface Said {
  /** A server's own, or ours for what it says too much like Go. */
  words: string | Message;
  path: string | undefined;
}

function fromCauses(causes: readonly { message?: string; field?: string }[]): Said[] {
  return causes.flatMap(({ message, field }): Said[] => {
    if (message === undefined || message === "") return [];
    const path = field === undefined || field === "" || field === "<nil>" ? undefined : field.replace(/^\./, "");
    return [{ words: message, path }];
  });
}

/** Decoding errors come as one sentence for all fields. */
function fromWords(text: string): Said[] {
  const unknown = [...text.matchAll(/(unknown|duplicate) field "([^"]+)"/g)].map(
    ([, what, path]): Said => ({
      words: message(what === "unknown" ? "edit.unknownField" : "edit.duplicateField"),
      path,
    }),
  );
  const wrong = [...text.matchAll(/cannot unmarshal (\w+) into Go struct field \w+\.(\S+) of type (\S+)/g)].map(
    ([, given, path, wanted]): Said => ({
      words: message("edit.wrongType", { given: given ?? "", wanted: typeWords(wanted) }),
      path,
    }),
  );
  const undeclared = [...text.matchAll(/\.([\w.[\]"=-]+): field not declared in schema/g)].map(
    ([, path]): Said => ({ words: message("edit.unknownField"), path }),
  );
  return [...unknown, ...wrong, ...undeclared];
}

/** A Go type in a reader's words. */
function typeWords(type = ""): Message | string {
  const bare = type.replace(/^\*/, "");
  if (/^u?int\d*$/.test(bare)) return message("edit.typeInteger");
  if (/^float\d*$/.test(bare)) return message("edit.typeNumber");
  if (bare === "bool") return message("edit.typeBoolean");
  if (bare === "string") return message("edit.typeText");
  if (bare.startsWith("[]")) return message("edit.typeList");
  return bare.startsWith("map[") ? message("edit.typeMap") : (bare.split(".").at(-1) ?? bare);
}

function unique(said: readonly Said[]): Said[] {
  const seen = new Set<string>();
  return said.filter(({ words, path }) => {
    const key = `${path}\n${typeof words === "string" ? words : textOf(words, "en")}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** The API server adds Go's view of both objects below its sentence. */
function shortened(message: string): string {
  const sentence = message.split("\n", 1)[0] ?? "";
  return sentence.length <= longestMessage ? sentence : `${sentence.slice(0, longestMessage)}…`;
}
