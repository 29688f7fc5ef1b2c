import { create } from "zustand";
import type { TerminalSession } from "../../common/contract/index.ts";
import { client } from "./client.ts";
import { recall, remember } from "./storage.ts";

interface TerminalsState {
  /** Undefined until the app has told. */
  sessions: ReadonlyMap<string, TerminalSession> | undefined;
  /** Terminals also say what they show to screen readers; it costs time, so it is off unless wished for. */
  screenReader: boolean;
}

export const useTerminals = create<TerminalsState>(() => ({
  sessions: undefined,
  screenReader: false,
}));

/** Follows the app's sessions; gives the function that stops. */
export function watchTerminals(): () => void {
  useTerminals.setState({ screenReader: recall("screenReader") === true });
  return client().subscribe(
    "terminal.list",
    {},
    { onItem: (list) => useTerminals.setState({ sessions: new Map(list.map((session) => [session.id, session])) }) },
  );
}

export function toggleScreenReader(): void {
  const screenReader = !useTerminals.getState().screenReader;
  useTerminals.setState({ screenReader });
  remember("screenReader", screenReader);
}
