import { create } from "zustand";
import {
  type AppError,
  type ClusterInfo,
  type ContextEntry,
  type ContextId,
  type ContextList,
  contextId,
} from "../../common/contract/index.ts";
import { client, settle } from "./client.ts";
import { recall, remember } from "./storage.ts";

export interface ClusterState {
  list: ContextList | undefined;
  listError: AppError | undefined;
  /** The context the user chose; only that one is ever contacted. */
  chosen: ContextId | undefined;
  state: "none" | "connecting" | "connected" | "failed";
  info: ClusterInfo | undefined;
  error: AppError | undefined;
  addError: AppError | undefined;
  /** What connecting said last, by context: coming back to a cluster does not wait for it again. */
  seen: Readonly<Record<ContextId, Seen>>;
}

export interface Seen {
  state: "connected" | "failed";
  info: ClusterInfo | undefined;
  error: AppError | undefined;
}

export const useCluster = create<ClusterState>(() => ({
  list: undefined,
  listError: undefined,
  chosen: undefined,
  state: "none",
  info: undefined,
  error: undefined,
  addError: undefined,
  seen: {},
}));

export function findContext(list: ContextList | undefined, id: ContextId | undefined): ContextEntry | undefined {
  return list?.contexts.find((context) => context.id === id);
}

/** For a name that a person or a file gives; the first where more than one kubeconfig has it. */
export function findContextByName(list: ContextList | undefined, name: string | undefined): ContextEntry | undefined {
  return list?.contexts.find((context) => context.name === name);
}

/** The entry of the chosen context, once the list has it. */
export function chosenContext(state: ClusterState = useCluster.getState()): ContextEntry | undefined {
  return findContext(state.list, state.chosen);
}

/** Follows the kubeconfig files; gives the function that stops. Listing contacts no cluster. */
export function watchContexts(): () => void {
  return client().subscribe(
    "contexts.watch",
    {},
    {
      onItem: (list) => useCluster.setState({ list, listError: undefined }),
      onError: (listError) => useCluster.setState({ listError }),
    },
  );
}

/**
 * Contacts a context and keeps what it says; a later choice makes this one's answer stale. One that answered before is
 * shown at once and asked again meanwhile.
 */
export async function connect(context: ContextId): Promise<void> {
  remember("context", context);
  const known = useCluster.getState();
  const again = known.chosen === context;
  const seen = known.seen[context];
  useCluster.setState({
    chosen: context,
    state: !again && seen?.state === "connected" ? "connected" : "connecting",
    error: undefined,
    info: again ? known.info : seen?.info,
  });
  const answer = await settle(client().call("cluster.connect", { context }));
  const now: Seen = answer.ok
    ? { state: "connected", info: answer.value, error: undefined }
    : { state: "failed", info: undefined, error: answer.error };
  useCluster.setState((state) => ({
    seen: { ...state.seen, [context]: now },
    ...(state.chosen === context ? now : {}),
  }));
}

/** What was seen of a context no longer holds: it acts as somebody else now, or its file changed. */
export function forgetSeen(context: ContextId): void {
  useCluster.setState(({ seen: { [context]: _forgotten, ...seen } }) => ({ seen }));
}

/** Connects again to what was chosen before the page was loaded anew. */
export async function reconnectRemembered(): Promise<void> {
  const context = contextId.safeParse(recall("context"));
  if (context.success && useCluster.getState().chosen === undefined) await connect(context.data);
}

export function leaveContext(context?: ContextId): void {
  const { chosen } = useCluster.getState();
  if (context !== undefined && chosen !== context) return;
  remember("context", null);
  useCluster.setState({ chosen: undefined, state: "none", info: undefined, error: undefined });
  if (chosen !== undefined) forgetSeen(chosen);
}

/** Lets the credential program run that the user was shown, then connects. */
export async function approveAndConnect(context: ContextId, command: string[]): Promise<void> {
  const answer = await settle(client().call("cluster.approveExec", { context, command }));
  if (answer.ok) await connect(context);
  else useCluster.setState({ state: "failed", error: answer.error });
}

export async function addKubeconfig(path: string): Promise<boolean> {
  const answer = await settle(client().call("contexts.addFile", { path }));
  useCluster.setState(answer.ok ? { list: answer.value, addError: undefined } : { addError: answer.error });
  return answer.ok;
}

export async function removeKubeconfig(path: string): Promise<void> {
  const answer = await settle(client().call("contexts.removeFile", { path }));
  useCluster.setState(answer.ok ? { list: answer.value } : { addError: answer.error });
}
