import { get, scalar } from "../../../state/read.ts";
import type { Fact, FactSource } from "./fact.ts";

const shownAtMost = 10;
const skipped = new Set(["observedGeneration"]);

/** Of kinds that nothing is known of: the plain fields right under `status` and `spec`, by their own names. */
export function genericFacts({ object }: FactSource): Fact[] {
  return ["status", "spec"]
    .flatMap((part) => {
      const fields = get(object, part);
      if (typeof fields !== "object" || fields === null || Array.isArray(fields)) return [];
      return Object.entries(fields).flatMap(([field, value]) => {
        const words = scalar(value);
        if (words === undefined || words === "" || words.length > 200 || skipped.has(field)) return [];
        return [{ name: field, value: words }];
      });
    })
    .filter((fact, index, all) => all.findIndex(({ name }) => name === fact.name) === index)
    .slice(0, shownAtMost);
}
