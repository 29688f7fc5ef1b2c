import { useRef } from "react";

/**
 * A value that is made anew with each drawing, as a dependency of effects and memos: the same one for as long as its
 * content is the same. For what JSON can hold.
 */
export function useStable<T>(value: T): T {
  const key = JSON.stringify(value);
  const kept = useRef({ key, value });
  if (kept.current.key !== key) kept.current = { key, value };
  return kept.current.value;
}
