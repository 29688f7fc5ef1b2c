import { create } from "zustand";
import type { ObjectTarget } from "../../electron/contract/index.ts";

/** What a tab of the dock shows. All of it is plain data, kept over a reload of the page. */
export type DockContent =
  | { kind: "logs"; target: ObjectTarget; container?: string }
  | { kind: "shell"; target: ObjectTarget; container?: string; mode: "exec" | "attach"; session?: string }
  | { kind: "terminal"; context?: string; kfDir?: string; session?: string };

export type DockTab = DockContent & { id: string; title: string };

interface DockState {
  tabs: DockTab[];
  active: string | undefined;
  open: boolean;
  /** Pixels. */
  height: number;
}

export const useDock = create<DockState>(() => ({ tabs: [], active: undefined, open: false, height: 220 }));

/** Opens a tab at the dock's end and shows it; gives its id. */
export function openDockTab(content: DockContent, title: string): string {
  const id = crypto.randomUUID();
  useDock.setState((state) => ({ tabs: [...state.tabs, { ...content, id, title }], active: id, open: true }));
  return id;
}

export function closeDockTab(id: string): void {
  useDock.setState((state) => {
    const at = state.tabs.findIndex((tab) => tab.id === id);
    const tabs = state.tabs.filter((tab) => tab.id !== id);
    const active = state.active === id ? (tabs[at] ?? tabs[at - 1])?.id : state.active;
    return { tabs, active, open: state.open && tabs.length > 0 };
  });
}
