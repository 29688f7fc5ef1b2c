import type { TFunction } from "i18next";
import type { ReactNode } from "react";
import type { ObjectJson, ObjectTarget } from "../../../../common/contract/index.ts";

/** A line of the overview: a name and what is so. */
export interface Fact {
  name: string;
  value: ReactNode;
}

export interface FactSource {
  target: ObjectTarget;
  object: ObjectJson;
  t: TFunction;
}

/** Only the facts there are. */
export function known(facts: readonly { name: string; value: ReactNode | undefined }[]): Fact[] {
  return facts.flatMap(({ name, value }) => (value === undefined || value === "" ? [] : [{ name, value }]));
}
