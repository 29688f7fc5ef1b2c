import { type CertificateExpiry, type ContextId, FlowdeckError } from "../../common/contract/index.ts";
import { expiryProblem, isRenewed } from "../certificates/index.ts";
import { type ClusterConnections, pause } from "../cluster/index.ts";
import { certificateSecret, type Installer } from "../install/index.ts";
import { factsIn, factsInSecret, type SeenCertificates } from "./seen-certificates.ts";

export interface ExpiryDeps {
  connections: ClusterConnections;
  installer: Pick<Installer, "recorded"> & { access: Pick<Installer["access"], "storedCertificate"> };
  seen: SeenCertificates;
  /** Another clock in tests. */
  now?: () => number;
}

/** How often it is looked whether a day has passed, or the command line has changed something. */
const againMs = 10 * 60_000;

type Recorded = Awaited<ReturnType<Installer["recorded"]>>[number];

/**
 * The certificates of the installations that this computer knows, until when each is valid, and what is to be done. Reads what
 * was seen last and what is stored here; contacts no cluster.
 */
export async function expiriesNow({ installer, seen, now = Date.now }: ExpiryDeps): Promise<CertificateExpiry[]> {
  const [recorded, known] = await Promise.all([installer.recorded(), seen.all()]);
  const all = await Promise.all(
    recorded.map(async ({ id, kfDir, settings, journal, state }) => {
      const { access, name } = settings;
      if (state === "removed" || access === undefined || access.tls.kind === "none") return undefined;
      const stored = access.tls.kind === "given" ? factsIn(await installer.access.storedCertificate(id)) : undefined;
      const facts = known.find((one) => one.kfDir === kfDir) ?? (stored && { ...stored, subject: subjectOf(stored) });
      if (facts === undefined) return undefined;
      const attention = expiryProblem(facts, { renewed: isRenewed(access), now: now() });
      const { subject, to } = facts;
      const context = journal.run?.context;
      return { kfDir, name, subject, to, ...(context ? { context } : {}), ...(attention ? { attention } : {}) };
    }),
  );
  return all.filter((one) => one !== undefined).toSorted((one, other) => one.to.localeCompare(other.to));
}

function subjectOf({ names, subject }: { names: string[]; subject: string }): string {
  return names[0] ?? subject;
}

/**
 * The same now and after changes, as long as it is read. `context`: a cluster that is connected to; its certificates are
 * watched there.
 */
export async function* watchExpiries(
  deps: ExpiryDeps,
  { context }: { context?: ContextId | undefined },
  signal: AbortSignal,
): AsyncGenerator<CertificateExpiry[], void, void> {
  const ended = new AbortController();
  const within = AbortSignal.any([signal, ended.signal]);
  let wake = new AbortController();
  const stop = deps.seen.onChange(() => wake.abort());
  const watching = context === undefined ? undefined : watchSecrets(deps, context, within);
  try {
    for (let before = ""; !signal.aborted; ) {
      const now = await expiriesNow(deps);
      if (JSON.stringify(now) !== before) yield now;
      before = JSON.stringify(now);
      await pause(againMs, AbortSignal.any([within, wake.signal])).catch(() => undefined);
      wake = new AbortController();
    }
  } finally {
    stop();
    ended.abort();
    await watching;
  }
}

/** Remembers each certificate that the Secrets of a cluster's installations have. Never rejects. */
async function watchSecrets(deps: ExpiryDeps, context: ContextId, signal: AbortSignal): Promise<void> {
  const recorded = await deps.installer.recorded().catch(() => []);
  const own = recorded.filter(({ journal, state }) => journal.run?.context === context && state !== "removed");
  await Promise.all(own.filter(hasSecret).map((one) => watchSecret(deps, context, one, signal)));
}

function hasSecret({ settings: { access } }: Recorded): boolean {
  return access !== undefined && ["given", "acme", "selfSigned"].includes(access.tls.kind);
}

async function watchSecret(
  { connections, seen }: ExpiryDeps,
  context: ContextId,
  { kfDir, dashboard: { namespace } }: Recorded,
  signal: AbortSignal,
): Promise<void> {
  try {
    await connections.use(context, async (client) => {
      const fieldSelector = `metadata.name=${certificateSecret}`;
      for await (const event of client.watch("v1", "Secret", { namespace, fieldSelector, signal })) {
        const facts = event.type === "deleted" || !event.object ? undefined : factsInSecret(event.object);
        if (facts) await seen.remember(kfDir, facts);
      }
    });
  } catch (error) {
    // Whoever may not read it, or can't reach the cluster, is told by what was seen last.
    if (!(error instanceof FlowdeckError) && !signal.aborted) throw error;
  }
}

/** What is known of it once a cluster was asked for the certificates of its installations. */
export async function lookAtCertificates(deps: ExpiryDeps, context: ContextId, signal: AbortSignal): Promise<void> {
  const recorded = await deps.installer.recorded();
  const own = recorded.filter(({ journal, state }) => journal.run?.context === context && state !== "removed");
  await deps.connections.use(context, async (client) => {
    for (const { kfDir, dashboard } of own.filter(hasSecret)) {
      const ref = { apiVersion: "v1", kind: "Secret", namespace: dashboard.namespace, name: certificateSecret };
      const secret = await client.get(ref, signal).catch(() => undefined);
      const facts = secret && factsInSecret(secret);
      if (facts) await deps.seen.remember(kfDir, facts);
    }
  });
}
