import { useCallback, useEffect, useRef, useState } from "react";

/** Copies text to the clipboard; `copied` is true for two seconds after it worked. */
export function useCopy(): { copied: boolean; failed: boolean; copy: (text: string) => void } {
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = useCallback((text: string) => {
    const show = (next: "copied" | "failed") => {
      setState(next);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setState("idle"), 2000);
    };
    navigator.clipboard.writeText(text).then(
      () => show("copied"),
      () => show("failed"),
    );
  }, []);
  return { copied: state === "copied", failed: state === "failed", copy };
}
