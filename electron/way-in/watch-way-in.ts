import { type AccessView, type ContextId, FlowdeckError } from "../../common/contract/index.ts";
import { type ClusterConnections, pause } from "../cluster/index.ts";
import type { Installer } from "../install/index.ts";
import { type LookOptions, look, type Subject } from "./look.ts";
import type { SeenCertificates } from "./seen-certificates.ts";

export interface WatchDeps {
  connections: ClusterConnections;
  installer: Pick<Installer, "recorded">;
  /** What is served is remembered, so that its end is said also while no one looks. */
  seen: Pick<SeenCertificates, "remember">;
  options: Omit<LookOptions, "signal">;
}

/** How often it is looked at: what still waits for something, and what is in order. */
const waitingMs = 8_000;
const settledMs = 60_000;
/** Where the start page of every Kubeflow since 0.6 answers. */
const usualDashboard = { namespace: "istio-system", service: "istio-ingressgateway", port: 80 };

/** How an installation is reached, now and every so often. What can't be read once is as it was before. */
export async function* watchWayIn(
  { connections, installer, seen, options }: WatchDeps,
  { context, kfDir }: { context: ContextId; kfDir?: string | undefined },
  signal: AbortSignal,
): AsyncGenerator<AccessView, void, void> {
  let last: AccessView | undefined;
  while (!signal.aborted) {
    try {
      // Read anew each time: it may have been changed by the command line.
      const subject = await subjectOf(installer, kfDir);
      last = await connections.use(context, (client) => look(client, subject, { ...options, signal }));
      yield last;
      const served = last.answer?.tls;
      if (kfDir !== undefined && served?.matches) await seen.remember(kfDir, served.facts);
    } catch (error) {
      if (signal.aborted) return;
      if (last === undefined || !(error instanceof FlowdeckError)) throw error;
    }
    const isSettled = last !== undefined && last.attention.length === 0;
    await pause(isSettled ? settledMs : waitingMs, signal).catch(() => undefined);
  }
}

/** What is to be looked at. Without a folder: a Kubeflow that something else installed. */
export async function subjectOf(installer: Pick<Installer, "recorded">, kfDir: string | undefined): Promise<Subject> {
  const recorded = kfDir === undefined ? [] : await installer.recorded();
  const known = recorded.find((one) => one.kfDir === kfDir);
  return {
    access: known?.settings.access,
    dashboard: known?.dashboard ?? usualDashboard,
    practice: known?.settings.platform === "practice",
  };
}
