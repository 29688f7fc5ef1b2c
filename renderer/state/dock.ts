import { z } from "zod";
import { create } from "zustand";
import { contextId, objectTarget, podOwner } from "../../common/contract/index.ts";
import { client, settle } from "./client.ts";
import { recall, remember } from "./storage.ts";

/** What a tab of the dock shows. All of it is plain data, kept over a reload of the page. */
const dockContent = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("logs"),
    target: objectTarget,
    /** Pods that were chosen together with it. */
    more: z.array(objectTarget).max(49).optional(),
    container: z.string().optional(),
    /** The run before the present one. */
    previous: z.boolean().optional(),
  }),
  z.object({
    kind: z.literal("shell"),
    target: objectTarget,
    container: z.string().optional(),
    mode: z.enum(["exec", "attach"]),
    /** Whose newest pod comes next when the target is gone. */
    workload: podOwner.optional(),
    session: z.string().optional(),
  }),
  z.object({
    kind: z.literal("terminal"),
    context: contextId.optional(),
    kfDir: z.string().optional(),
    session: z.string().optional(),
  }),
]);
export type DockContent = z.infer<typeof dockContent>;

const dockTab = z.intersection(dockContent, z.object({ id: z.string(), title: z.string() }));
export type DockTab = DockContent & { id: string; title: string };
export type DockSide = "left" | "right";

const keptDock = z.object({
  tabs: z.array(dockTab),
  left: z.string().optional(),
  right: z.string().optional(),
  focused: z.enum(["left", "right"]),
  open: z.boolean(),
  /** Pixels. */
  height: z.number().min(80).max(4000),
  /** The left side's part of the width. */
  split: z.number().min(0.15).max(0.85),
});

export type DockState = z.infer<typeof keptDock> & {
  tabs: DockTab[];
  /** Takes the whole place; not kept over a reload. */
  maximised: boolean;
};

const empty: DockState = {
  tabs: [],
  left: undefined,
  right: undefined,
  focused: "left",
  open: false,
  height: 240,
  split: 0.5,
  maximised: false,
};

export const useDock = create<DockState>(() => empty);

/** Takes up where the page was before it was loaded anew, and keeps what changes. */
export function restoreDock(): void {
  const kept = keptDock.safeParse(recall("dock"));
  if (kept.success) useDock.setState(tidy({ ...empty, ...kept.data }));
  useDock.subscribe(({ maximised: _shown, ...state }) => remember("dock", state));
}

/** The tab on the side that was used last. */
export function activeTab(state: DockState = useDock.getState()): string | undefined {
  return state[state.focused];
}

/** Opens a tab at the dock's end and shows it; gives its id. */
export function openDockTab(content: DockContent, title: string): string {
  const id = crypto.randomUUID();
  useDock.setState((state) =>
    tidy({ ...state, tabs: [...state.tabs, { ...content, id, title }], [state.focused]: id, open: true }),
  );
  return id;
}

/** Closes a tab; the shell in it ends. */
export function closeDockTab(id: string): void {
  const tab = useDock.getState().tabs.find((one) => one.id === id);
  useDock.setState((state) => {
    const at = state.tabs.findIndex((one) => one.id === id);
    const tabs = state.tabs.filter((one) => one.id !== id);
    const other = state.focused === "left" ? state.right : state.left;
    const next = (tabs[at] ?? tabs[at - 1])?.id;
    const free = next === other ? tabs.find((one) => one.id !== other)?.id : next;
    return tidy({ ...state, tabs, ...(activeTab(state) === id ? { [state.focused]: free } : {}) });
  });
  if (tab !== undefined && "session" in tab) endSession(tab.session);
}

export function showDockTab(id: string): void {
  useDock.setState((state) => {
    const shown = state.left === id ? "left" : state.right === id ? "right" : undefined;
    return shown ? { focused: shown, open: true } : { [state.focused]: id, open: true };
  });
}

export function focusDockSide(focused: DockSide): void {
  if (useDock.getState().focused !== focused) useDock.setState({ focused });
}

export function renameDockTab(id: string, title: string): void {
  if (title.trim() !== "") changeTab(id, (tab) => ({ ...tab, title: title.trim().slice(0, 80) }));
}

/** Which session a shell or terminal shows; the one before ends. */
export function setTabSession(id: string, session: string | undefined): void {
  changeTab(id, (tab) => {
    if (tab.kind === "logs") return tab;
    if (tab.session !== session) endSession(tab.session);
    return { ...tab, session };
  });
}

/** Changes what a tab is about, as when another pod has taken the place of its own. */
export function changeTab(id: string, change: (tab: DockTab) => DockTab): void {
  useDock.setState((state) => ({ tabs: state.tabs.map((tab) => (tab.id === id ? change(tab) : tab)) }));
}

/** Moves a tab one place to the left or right. */
export function moveDockTab(id: string, by: 1 | -1): void {
  useDock.setState(({ tabs }) => {
    const at = tabs.findIndex((tab) => tab.id === id);
    const [moved, other] = [tabs[at], tabs[at + by]];
    if (moved === undefined || other === undefined) return {};
    return { tabs: tabs.with(at, other).with(at + by, moved) };
  });
}

/** Shows a tab on the right beside the one on the left. */
export function splitDock(right: string): void {
  useDock.setState((state) => {
    const left = state.left === right ? state.tabs.find((tab) => tab.id !== right)?.id : state.left;
    return tidy({ ...state, left, right, focused: "right", open: true });
  });
}

export function unsplitDock(): void {
  useDock.setState((state) => tidy({ ...state, left: activeTab(state), right: undefined, focused: "left" }));
}

export function setDockHeight(height: number): void {
  const highest = Math.max(160, window.innerHeight - 160);
  useDock.setState({ height: Math.round(Math.min(Math.max(height, 100), highest)), maximised: false });
}

export function setDockSplit(split: number): void {
  useDock.setState({ split: Math.min(Math.max(split, 0.15), 0.85) });
}

export function toggleMaximised(): void {
  useDock.setState(({ maximised }) => ({ maximised: !maximised, open: true }));
}

/** Only tabs that are there are shown, each once; a right side without a left one becomes the left. */
function tidy(state: DockState): DockState {
  const there = (id: string | undefined) => (state.tabs.some((tab) => tab.id === id) ? id : undefined);
  const left = there(state.left);
  const right = there(state.right) === left ? undefined : there(state.right);
  const only = left ?? right ?? state.tabs.at(-1)?.id;
  const both = left !== undefined && right !== undefined;
  return {
    ...state,
    left: both ? left : only,
    right: both ? right : undefined,
    focused: both ? state.focused : "left",
    open: state.open && state.tabs.length > 0,
    maximised: state.maximised && state.tabs.length > 0,
  };
}

/** The tab is gone either way; a session that has ended already is no failure. */
function endSession(session: string | undefined): void {
  if (session !== undefined) void settle(client().call("terminal.close", { session }));
}
