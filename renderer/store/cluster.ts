import { create } from "zustand";
import type { AppError, ClusterInfo, ContextEntry, ContextList } from "../../electron/contract/index.ts";
import { client, settle } from "./client.ts";
import { recall, remember } from "./storage.ts";

export interface ClusterState {
  list: ContextList | undefined;
  listError: AppError | undefined;
  /** The context the user chose; only that one is ever contacted. */
  chosen: string | undefined;
  state: "none" | "connecting" | "connected" | "failed";
  info: ClusterInfo | undefined;
  error: AppError | undefined;
  addError: AppError | undefined;
}

export const useCluster = create<ClusterState>(() => ({
  list: undefined,
  listError: undefined,
  chosen: undefined,
  state: "none",
  info: undefined,
  error: undefined,
  addError: undefined,
}));

export function findContext(list: ContextList | undefined, idOrName: string | undefined): ContextEntry | undefined {
  if (idOrName === undefined) return undefined;
  return list?.contexts.find((c) => c.id === idOrName) ?? list?.contexts.find((c) => c.name === idOrName);
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

/** Contacts a context and keeps what it says; a later choice makes this one's answer stale. */
export async function connect(context: string): Promise<void> {
  remember("context", context);
  const known = useCluster.getState();
  const info = known.chosen === context ? known.info : undefined;
  useCluster.setState({ chosen: context, state: "connecting", error: undefined, info });
  const answer = await settle(client().call("cluster.connect", { context }));
  if (useCluster.getState().chosen !== context) return;
  useCluster.setState(
    answer.ok
      ? { state: "connected", info: answer.value, error: undefined }
      : { state: "failed", info: undefined, error: answer.error },
  );
}

/** Connects again to what was chosen before the page was loaded anew. */
export async function reconnectRemembered(): Promise<void> {
  const context = recall("context");
  if (typeof context === "string" && useCluster.getState().chosen === undefined) await connect(context);
}

export function leaveContext(context?: string): void {
  if (context !== undefined && useCluster.getState().chosen !== context) return;
  remember("context", null);
  useCluster.setState({ chosen: undefined, state: "none", info: undefined, error: undefined });
}

/** Lets the credential program run that the user was shown, then connects. */
export async function approveAndConnect(context: string, command: string[]): Promise<void> {
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
