import { createHmac, randomBytes } from "node:crypto";
import type { EditProblem } from "../../common/contract/index.ts";
import { fields, textMap } from "../../common/json/index.ts";
import { type Message, type MessageValue, message } from "../../common/words/index.ts";
import type { KubeObject } from "../cluster/index.ts";
import { isSecret, lastApplied, type Mask, maskApplied, maskSecret } from "../redaction/index.ts";
import { fieldPath } from "./field-path.ts";

const sign = "••••••••";
const placeholder = /^•{8} \(\d+ bytes?, [0-9a-f]{8}\)$/;

/** Makes digests worthless outside this process: they only tell values of one Secret apart. */
const digestKey = randomBytes(32);

/** Stands for the values of one Secret, told by `salt`: equal values get equal placeholders. */
function digestMask(salt: string): Mask {
  return (value, encoding) => {
    if (placeholder.test(value)) return value;
    const bytes = Buffer.from(value, encoding);
    const digest = createHmac("sha256", digestKey).update(salt).update("\0").update(bytes).digest("hex").slice(0, 8);
    return `${sign} (${bytes.length} ${bytes.length === 1 ? "byte" : "bytes"}, ${digest})`;
  };
}

/** A Secret with placeholders for its values, wherever they stand; anything else as it is. */
export function maskObject(object: KubeObject): KubeObject {
  return maskSecret(object, digestMask(String(object.metadata.uid)));
}

/**
 * Puts the stored values back where an edited Secret still has their placeholders (under another key, too). What has no
 * stored value behind it is told as a problem with its path.
 */
export function unmaskObject(
  edited: KubeObject,
  stored: KubeObject | undefined,
): { object: KubeObject; problems: EditProblem[] } {
  if (!isSecret(edited)) return { object: edited, problems: [] };
  const problems: EditProblem[] = [];
  const mask = digestMask(String(stored?.metadata.uid));
  const storedData = textMap(stored?.data);
  const byPlaceholder = new Map(Object.values(storedData).map((value) => [mask(value, "base64"), value]));
  const restore = (map: unknown, path: string): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(fields(map)).map(([key, value]) => {
        if (typeof value !== "string" || !placeholder.test(value)) return [key, value];
        const original = byPlaceholder.get(value);
        if (original === undefined || path === "stringData") problems.push(lost(fieldPath(path, key), path));
        return [key, original ?? value];
      }),
    );
  const { data, stringData } = edited;
  const annotations = edited.metadata.annotations;
  const applied = annotations?.[lastApplied];
  const storedApplied = stored?.metadata.annotations?.[lastApplied];
  const unchanged =
    applied !== undefined && storedApplied !== undefined && applied === maskApplied(storedApplied, mask);
  return {
    problems,
    object: {
      ...edited,
      ...(data === undefined || data === null ? {} : { data: restore(data, "data") }),
      ...(stringData === undefined || stringData === null ? {} : { stringData: restore(stringData, "stringData") }),
      metadata: unchanged
        ? { ...edited.metadata, annotations: { ...annotations, [lastApplied]: storedApplied } }
        : edited.metadata,
    },
  };
}

function lost(path: string, field: string): EditProblem {
  const said = message(field === "stringData" ? "edit.hiddenMoved" : "edit.hiddenLost", { path });
  return { severity: "error", kind: "masked", said, path };
}

/** The same for a message: its values may be a server's words. */
export function saidWithoutValues({ id, params }: Message, ...objects: (KubeObject | undefined)[]): Message {
  const clean = Object.entries(params).map(([name, value]): [string, MessageValue] => [
    name,
    typeof value === "string" ? withoutValues(value, ...objects) : value,
  ]);
  return { id, params: Object.fromEntries(clean) };
}

/** Takes a Secret's values out of what a server says about it. */
export function withoutValues(words: string, ...objects: (KubeObject | undefined)[]): string {
  const values = objects.flatMap((object) => {
    if (object === undefined || !isSecret(object)) return [];
    const encoded = Object.values(textMap(object.data));
    return [
      ...encoded,
      ...encoded.map((value) => Buffer.from(value, "base64").toString("utf8")),
      ...Object.values(textMap(object.stringData)),
    ];
  });
  return values
    .filter((value) => value.length > 2)
    .toSorted((a, b) => b.length - a.length)
    .reduce((left, value) => left.replaceAll(value, sign), words);
}
