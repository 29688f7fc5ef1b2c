import type { KfDefIssue } from "../../common/contract/index.ts";
import { takeOutLiterals, textOf } from "./edit/index.ts";
import { parseKfDef } from "./parse/index.ts";
import type { KfDef } from "./types.ts";

export interface SafeKfDef {
  /** What may be written: each literal secret stands there as the variable that it comes from. */
  text: string;
  /** Read from that text: where a literal stood in a plugin, its secret's name stands. */
  kfdef: KfDef;
  issues: KfDefIssue[];
  /** The literals that were taken out, by secret. */
  values: Record<string, string>;
}

/** Parses a KfDef and takes its literal secrets out. Throws what {@link parseKfDef} throws. */
export function parseWithoutLiterals(written: string, where: string): SafeKfDef {
  const { document } = parseKfDef(written, where);
  const taken = takeOutLiterals(document);
  const text = taken === undefined ? written : textOf(document, written);
  const { kfdef, issues } = parseKfDef(text, where);
  return { text, kfdef, issues, values: { ...taken?.values } };
}
