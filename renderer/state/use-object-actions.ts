import type { ObjectTarget } from "../../common/contract/index.ts";
import { service } from "./contributions.tsx";
import type { ObjectAction } from "./object-actions.ts";

const none: ObjectAction[] = [];
const useNone = () => none;

/** What can be done to all of `targets` (one or more objects of the same kind). For one, its state is looked at as well. */
export function useObjectActions(targets: readonly ObjectTarget[]): ObjectAction[] {
  // which of the two it is never changes while the page lives
  const useActions = service("objectActions")?.useObjectActions ?? useNone;
  return useActions(targets);
}
