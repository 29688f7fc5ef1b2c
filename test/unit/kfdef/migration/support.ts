import { expect } from "vitest";
import type { KfDefChange } from "../../../../common/contract/index.ts";
import { type Message, textOf } from "../../../../common/words/index.ts";
import type { KubeObject } from "../../../../electron/cluster/index.ts";
import { migrate, rules, type ServedApis } from "../../../../electron/kfdef/migration/index.ts";

/** A cluster of today: it serves what every rule leads to, and nothing of what they come from. */
export const today: ServedApis = servesOnly(
  ...rules.flatMap((rule) => rule.to.flatMap((version) => rule.kinds.map((kind) => `${version} ${kind}`))),
  "v1 Service",
  "v1 ConfigMap",
);

/** A cluster that serves exactly these: `apps/v1 Deployment`. */
export function servesOnly(...kinds: string[]): ServedApis {
  const served = new Set(kinds);
  return { serves: (apiVersion, kind) => served.has(`${apiVersion} ${kind}`) };
}

export function object(apiVersion: string, kind: string, rest: Record<string, unknown> = {}): KubeObject {
  return { apiVersion, kind, metadata: { name: "one" }, ...rest };
}

/** One object converted for a cluster, with what is told about it. The object given must stay as it was. */
export function converted(
  given: KubeObject,
  served: ServedApis = today,
): { result: KubeObject | undefined; change: KfDefChange | undefined; notes: string } {
  const before = structuredClone(given);
  const { components, changes } = migrate([{ id: "app", objects: [given] }], served);
  expect(given).toEqual(before);
  return { result: components[0]?.objects[0], change: changes[0], notes: wordsOf(changes[0]?.notes ?? []) };
}

/** Notes in English, one a line. */
export function wordsOf(notes: readonly Message[]): string {
  return notes.map((note) => textOf(note, "en")).join("\n");
}

/** The same for what must come out as an object of this version. */
export function becomes(given: KubeObject, apiVersion: string): { result: KubeObject; notes: string } {
  const { result, change, notes } = converted(given);
  if (result === undefined) throw new Error(`left out: ${notes}`);
  expect(result.apiVersion).toBe(apiVersion);
  expect(change).toMatchObject({ component: "app", to: apiVersion, object: { apiVersion: given.apiVersion } });
  return { result, notes };
}
