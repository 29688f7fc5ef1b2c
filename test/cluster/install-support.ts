import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import {
  type ContextId,
  contextId,
  FlowdeckError,
  type InstallSettings,
  type InstallStatus,
  type PlanSummary,
} from "../../common/contract/index.ts";
import { type ClusterClient, ClusterConnections, Kubeconfigs } from "../../electron/cluster/index.ts";
import { Forwards } from "../../electron/forwards/index.ts";
import { Installer, type InstallerOptions, SecretStore } from "../../electron/install/index.ts";
import { InstallationList } from "../../electron/settings/index.ts";
import type { Tools } from "../../electron/tools/index.ts";

export const root = resolve(import.meta.dirname, "../..");
const mirrorFolder = resolve(root, "../shared/kubeflow");
/** The mirror with 26.03's sources, where the tests' machine has one. */
export const mirror = existsSync(join(mirrorFolder, "sources.json")) ? mirrorFolder : undefined;

export interface InstallRoom {
  installer: Installer;
  connections: ClusterConnections;
  client: ClusterClient;
  context: ContextId;
  kubeconfig: string;
  /** Folder that holds BASE_DIR and the data folder. */
  folder: string;
  baseDir: string;
  settings(release: string, name: string, more?: Partial<InstallSettings>): InstallSettings;
  kfDir(name: string): string;
  /** Plans, and begins to apply that plan. */
  install(settings: InstallSettings, given?: { password?: string }): Promise<InstallStatus>;
  /** Plans; gives the plan's id and summary. */
  plan(settings: InstallSettings, how?: { adopt?: boolean; upgrade?: boolean }): Promise<PlanSummary>;
  close(): Promise<void>;
}

/** An installer as the app builds it, in a folder of its own, against one kubeconfig. */
export async function openInstallRoom(
  kubeconfig: string,
  tools: Tools,
  options: {
    folder?: string;
    run?: InstallerOptions["run"];
    cost?: number;
    pullSecrets?: InstallerOptions["pullSecrets"];
  } = {},
): Promise<InstallRoom> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), "flowdeck-install-")));
  const dataDir = join(folder, "data");
  const environment = tools.environment();
  const kubeconfigs = new Kubeconfigs({ dataDir, environment, home: folder, explicit: [kubeconfig] });
  const connections = new ClusterConnections({ kubeconfigs, environment });
  const context = contextId.parse((await kubeconfigs.list()).contexts[0]?.id);
  const installer = new Installer({
    connections,
    forwards: new Forwards(connections),
    tools,
    dataDir,
    assetsDir: join(root, "assets"),
    mirror,
    secrets: new SecretStore(join(dataDir, "secrets"), { cost: options.cost ?? 4 }),
    installations: new InstallationList(dataDir),
    ...(options.run ? { run: options.run } : {}),
    ...(options.pullSecrets ? { pullSecrets: options.pullSecrets } : {}),
  });
  const client = await connections.client(context);
  const plan: InstallRoom["plan"] = async (settings, how) => {
    await installer.planPrepare(context, settings, how);
    for await (const { state, summary, error } of installer.planWatch(new AbortController().signal)) {
      if (summary) return summary;
      if (error) throw FlowdeckError.from(error);
      if (state !== "running") throw new Error(`The plan is ${state}.`);
    }
    throw new Error("No plan came out.");
  };
  return {
    plan,
    install: async (settings, given) => installer.start((await plan(settings)).id, given),
    installer,
    connections,
    client,
    context,
    kubeconfig,
    folder,
    baseDir: folder,
    kfDir: (name) => join(folder, name),
    settings: (release, name, more = {}) => ({
      version: 1,
      name,
      baseDir: folder,
      release,
      platform: "practice",
      auth: "dex",
      email: "user@example.com",
      userNamespace: "kubeflow-user-example-com",
      components: [],
      images: {},
      ...more,
    }),
    async close() {
      await installer.close();
      await client.close();
      await connections.close();
      if (!options.folder) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Every component of a release. */
export async function allComponents(installer: Installer, release: string): Promise<string[]> {
  const found = (await installer.releases()).find(({ id }) => id === release);
  return found?.components.map(({ id }) => id) ?? [];
}

/** Watches until the work has ended (or `enough`), checking on the way that the fraction never runs back. */
export async function untilEnded(
  room: InstallRoom,
  kfDir: string,
  enough: (status: InstallStatus) => boolean = () => false,
): Promise<InstallStatus> {
  const stop = new AbortController();
  let last: InstallStatus | undefined;
  for await (const status of room.installer.watch(kfDir, stop.signal)) {
    if (last && status.startedAt === last.startedAt && status.fraction < last.fraction) {
      throw new Error(`The fraction ran back from ${last.fraction} to ${status.fraction}.`);
    }
    last = status;
    if (enough(status) || !["running", "removing"].includes(status.state)) stop.abort();
  }
  if (!last) throw new Error("The status was never told.");
  return last;
}

/**
 * Everything in the cluster as `apiVersion kind namespace name`, but what the control plane itself makes and drops as
 * time goes: events, leases, and addresses of Services (the API server's repair loop takes them back after minutes when a
 * namespace was deleted with many Services in it).
 */
export async function everything(client: ClusterClient): Promise<Set<string>> {
  await client.refreshDiscovery();
  // What a metrics server measured is no object that somebody made: it appears and goes by its own clock.
  const kinds = (await client.resources()).filter(
    ({ group, kind, verbs }) =>
      verbs.includes("list") &&
      verbs.includes("get") &&
      group !== "metrics.k8s.io" &&
      !["Event", "Lease", "IPAddress"].includes(kind),
  );
  const names = await Promise.all(
    kinds.map(async ({ group, version, kind }) => {
      const apiVersion = group === "" ? version : `${group}/${version}`;
      const objects = await client.list(apiVersion, kind);
      return objects.map(({ metadata }) => `${apiVersion} ${kind} ${metadata.namespace ?? "-"} ${metadata.name}`);
    }),
  );
  return new Set(names.flat());
}

export function difference(a: Set<string>, b: Set<string>): string[] {
  return [...a].filter((item) => !b.has(item)).sort();
}
