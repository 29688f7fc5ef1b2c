import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PlatformAction, PlatformJob, PlatformsView } from "../../../common/contract/index.ts";
import { ClusterConnections, Kubeconfigs } from "../../../electron/cluster/index.ts";
import { Platforms } from "../../../electron/platforms/index.ts";
import { TerminalSessions } from "../../../electron/terminal/index.ts";
import { createTools } from "../../../electron/tools/index.ts";

export type Card = "computer" | "eks" | "gke" | "aks";

/** The room of platforms on a data folder of its own; only what is in `bin` is on its PATH, unless a PATH is given. */
export async function platformsRoom(env: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), "flowdeck-platforms-"));
  const bin = join(folder, "bin");
  const dataDir = join(folder, "data");
  const environment = { PATH: bin, HOME: folder, ...env };
  const tools = createTools({ env: environment });
  const kubeconfigs = new Kubeconfigs({ dataDir, environment, home: folder });
  const connections = new ClusterConnections({ kubeconfigs, environment });
  const installation = async () => undefined;
  const terminals = new TerminalSessions({ connections, tools, dataDir, version: "0", installation });
  const platforms = new Platforms({ tools, kubeconfigs, dataDir, terminals });
  const signal = new AbortController().signal;

  async function look(card?: Card, account?: string): Promise<PlatformsView> {
    let last: PlatformsView = { commands: [] };
    for await (const view of platforms.watch({ card, account }, signal)) last = view;
    return last;
  }

  async function ended(id: string): Promise<PlatformJob> {
    for await (const jobs of platforms.jobs.watch(signal)) {
      const job = jobs.find((one) => one.id === id);
      if (job !== undefined && !/running|cleaning/.test(job.state)) return job;
    }
    throw new Error("The job is not listed.");
  }

  return {
    bin,
    dataDir,
    kubeconfigs,
    platforms,
    terminals,
    look,
    ended,
    prepare: (request: PlatformAction) => platforms.prepare(request, signal),
    async run(request: PlatformAction, confirm?: string): Promise<PlatformJob> {
      const { digest } = await platforms.prepare(request, signal);
      return await ended((await platforms.run({ request, digest, confirm }, signal)).id);
    },
    async start(request: PlatformAction): Promise<string> {
      const { digest } = await platforms.prepare(request, signal);
      return (await platforms.run({ request, digest }, signal)).id;
    },
    /** The same in a terminal; gives the session that shows it, too. */
    async startInTerminal(request: PlatformAction): Promise<{ id: string; terminal: string }> {
      const { digest } = await platforms.prepare(request, signal);
      const size = { cols: 120, rows: 30 };
      const { id, terminal = "" } = await platforms.run({ request, digest, terminal: size }, signal);
      return { id, terminal };
    },
    async close(): Promise<void> {
      await platforms.jobs.close();
      await terminals.close();
      await connections.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
