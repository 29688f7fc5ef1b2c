import { create } from "zustand";
import type { AppError, CallInput, ContextId, PracticeOptions, PracticeStatus } from "../../common/contract/index.ts";
import { client, settle } from "./client.ts";
import { connect, forgetSeen, leaveContext } from "./cluster.ts";

interface PracticeState {
  status: PracticeStatus | undefined;
  error: AppError | undefined;
  options: PracticeOptions;
}

export const usePractice = create<PracticeState>(() => ({
  status: undefined,
  error: undefined,
  options: { nodes: 3, podReadyMs: { min: 1000, max: 3000 } },
}));

/** What it was called when it ran: a status says it only while it does. */
let lastContext: ContextId | undefined;

/** Set when the user asked for the cluster: it is connected to as soon as it runs. */
let connectWhenReady = false;

function take(status: PracticeStatus): void {
  usePractice.setState({ status });
  if (status.state === "running" && status.context !== undefined && connectWhenReady) {
    connectWhenReady = false;
    // connect() turns every failure into state
    connect(status.context).catch(() => undefined);
  }
  lastContext = status.context ?? lastContext;
  // One that only failed may come back, and says meanwhile why it does not answer.
  if (lastContext === undefined || !["stopped", "absent"].includes(status.state)) return;
  forgetSeen(lastContext);
  leaveContext(lastContext);
}

export function watchPractice(): () => void {
  return client().subscribe(
    "practice.watch",
    {},
    { onItem: take, onError: (error) => usePractice.setState({ error }) },
  );
}

type Action = "practice.start" | "practice.stop" | "practice.reset" | "practice.cancelStart";

async function act<K extends Action>(name: K, input: CallInput<K>): Promise<void> {
  usePractice.setState({ error: undefined });
  const answer = await settle(client().call(name, input));
  if (answer.ok) take(answer.value);
  else usePractice.setState({ error: answer.error });
}

export async function startPractice(): Promise<void> {
  connectWhenReady = true;
  await act("practice.start", usePractice.getState().options);
}

export async function stopPractice(): Promise<void> {
  await act("practice.stop", {});
}

export async function resetPractice(): Promise<void> {
  await act("practice.reset", {});
}

export async function cancelStart(): Promise<void> {
  connectWhenReady = false;
  await act("practice.cancelStart", {});
}

export function setPracticeOptions(options: Partial<PracticeOptions>): void {
  usePractice.setState((state) => ({ options: { ...state.options, ...options } }));
}
