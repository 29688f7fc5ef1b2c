import { create } from "zustand";
import type { ShellSession } from "../../common/contract/index.ts";
import { client } from "./client.ts";
import { recall, remember } from "./storage.ts";

interface ShellsState {
  /** Undefined until the app has told. */
  sessions: ReadonlyMap<string, ShellSession> | undefined;
  /** Terminals also say what they show to screen readers; it costs time, so it is off unless wished for. */
  screenReader: boolean;
}

export const useShells = create<ShellsState>(() => ({
  sessions: undefined,
  screenReader: false,
}));

/** Follows the app's sessions; gives the function that stops. */
export function watchShells(): () => void {
  useShells.setState({ screenReader: recall("screenReader") === true });
  return client().subscribe(
    "shells.list",
    {},
    { onItem: (list) => useShells.setState({ sessions: new Map(list.map((session) => [session.id, session])) }) },
  );
}

export function toggleScreenReader(): void {
  const screenReader = !useShells.getState().screenReader;
  useShells.setState({ screenReader });
  remember("screenReader", screenReader);
}
