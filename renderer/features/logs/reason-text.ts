import type { LogSourceState } from "../../../common/contract/index.ts";
import { type Language, textOf } from "../../../common/words/index.ts";

/** Why a source waits or can't be read: in our words, or in the cluster's own. */
export function reasonText(reason: LogSourceState["reason"], language: Language): string | undefined {
  return reason === undefined || typeof reason === "string" ? reason : textOf(reason, language);
}
