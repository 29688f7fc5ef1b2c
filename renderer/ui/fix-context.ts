import { createContext, useContext } from "react";
import type { Fix } from "../../common/contract/index.ts";

export interface FixAction {
  label: string;
  run: () => void;
}

/** Gives what the app can do about an error's fix, or undefined when it can do nothing here. */
export type FindFix = (fix: Fix) => FixAction | undefined;

export const FixContext = createContext<FindFix>(() => undefined);

export function useFix(fix: Fix | undefined): FixAction | undefined {
  const find = useContext(FixContext);
  return fix && find(fix);
}
