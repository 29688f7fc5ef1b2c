import type { CauseId, Cause as CauseShape } from "../../common/contract/index.ts";
import type { MessageParams } from "../../common/words/index.ts";

/** A cause's sentence, with every value that its text names: one that is missing does not compile. */
export type SaidCause = {
  [Id in CauseId]: { readonly id: Id; readonly params: MessageParams<`cause.${Id}`> };
}[CauseId];

/** Why an object is not as it should be. */
export type Cause = SaidCause & Omit<CauseShape, keyof SaidCause>;
