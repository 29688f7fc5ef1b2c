import { lazy, Suspense } from "react";
import type { TerminalPaneProps } from "./TerminalPane.tsx";

const TerminalPane = lazy(async () => ({ default: (await import("./TerminalPane.tsx")).TerminalPane }));

/** The terminal with its emulator, which is loaded when the first one is opened: most starts need none. */
export function LazyTerminalPane(props: TerminalPaneProps) {
  return (
    <Suspense>
      <TerminalPane {...props} />
    </Suspense>
  );
}
