/**
 * Kubeflow 26.03 from sources on disk onto a fresh practice cluster (webhooks on, pods ready after 1 to 3 s), once the
 * official way and once with Flowdeck. The last line is JSON: seconds until all objects are applied, and until every
 * pod runs. `--only loop` or `--only flowdeck` runs one of them; `--concurrency N` changes how many objects go at once.
 */
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { ClusterClient } from "../../electron/cluster/index.ts";
import { Catalogue } from "../../electron/install/index.ts";
import { makeWorkingCopy } from "../../electron/install/render/working-copy.ts";
import { openMirror } from "../../electron/install/sources/mirror.ts";
import { provideSource } from "../../electron/install/sources/sources.ts";
import { PracticeCluster } from "../../electron/practice/index.ts";
import { createTools, type Tools } from "../../electron/tools/index.ts";
import {
  allComponents,
  type InstallRoom,
  mirror,
  openInstallRoom,
  root,
  untilEnded,
} from "../cluster/install-support.ts";

interface Figures {
  applied: number;
  running: number;
}

const { values } = parseArgs({ options: { only: { type: "string" }, concurrency: { type: "string" } } });
const say = (line: string) => process.stdout.write(`${line}\n`);
const tools = createTools();
if (mirror === undefined) throw new Error("The bench needs ../shared/kubeflow with the sources of 26.03.");

const loop = values.only === "flowdeck" ? undefined : await onFreshCluster("the official loop", officialLoop);
const flowdeck = values.only === "loop" ? undefined : await onFreshCluster("Flowdeck", withFlowdeck);
say(
  JSON.stringify({
    loop_s: loop?.applied,
    flowdeck_s: flowdeck?.applied,
    ratio: loop && flowdeck ? round(loop.applied / flowdeck.applied) : undefined,
    loop_running_s: loop?.running,
    flowdeck_running_s: flowdeck?.running,
    running_ratio: loop && flowdeck ? round(loop.running / flowdeck.running) : undefined,
  }),
);

async function onFreshCluster(title: string, run: (room: InstallRoom) => Promise<Figures>): Promise<Figures> {
  const dataDir = await mkdtemp(join(tmpdir(), "flowdeck-bench-"));
  const cluster = new PracticeCluster({ dataDir, tools });
  try {
    await cluster.start({ nodes: 3, podReadyMs: { min: 1000, max: 3000 } });
    const room = await openInstallRoom(cluster.kubeconfigPath, tools, {
      ...(values.concurrency ? { run: { concurrency: Number(values.concurrency) } } : {}),
    });
    try {
      // A control plane that has just started is still busy with itself.
      await sleep(10_000);
      say(`${title}: begins on a fresh practice cluster`);
      const figures = await run(room);
      say(`${title}: all applied after ${figures.applied} s, all pods running after ${figures.running} s`);
      return figures;
    } finally {
      await room.close();
    }
  } finally {
    await cluster.reset();
    cluster.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** `kubectl kustomize example | kubectl apply --server-side --force-conflicts -f -`, sleep 20, until it succeeds. */
async function officialLoop(room: InstallRoom): Promise<Figures> {
  const example = await joinedTree(room.folder);
  const kubeconfig = room.kubeconfig;
  const began = performance.now();
  for (let pass = 1; ; pass += 1) {
    const passBegan = performance.now();
    const ok = await onePass(tools, kubeconfig, example);
    say(`  pass ${pass}: ${ok ? "everything applied" : "not everything could be applied"} (${seconds(passBegan)} s)`);
    if (ok) break;
    await sleep(20_000);
  }
  const applied = seconds(began);
  await untilAllRun(room.client);
  return { applied, running: seconds(began) };
}

/** What both begin from, not part of the time: the release and its remote bases, unpacked on disk. */
async function unpackedSources(folder: string) {
  const release = await new Catalogue(join(root, "assets")).get("26.03");
  const open = await openMirror(mirror ?? "");
  const places = { dataDir: join(folder, "data"), assetsDir: join(root, "assets"), mirror: open };
  return { release, sources: await Promise.all(release.sources.map((spec) => provideSource(spec, places))) };
}

/** The release with its remote bases in place, as a user has it who cloned everything. */
async function joinedTree(folder: string): Promise<string> {
  const { release, sources } = await unpackedSources(folder);
  const main = sources.find(({ spec }) => spec.id === release.root);
  if (!main) throw new Error("26.03 has no root source");
  const others = sources.filter((source) => source !== main);
  const paths = ["example", ...release.components.flatMap((component) => component.paths)];
  const copy = await makeWorkingCopy(join(folder, "joined"), main, others, release.remoteBases, paths);
  return join(copy.root, "example");
}

async function onePass(programs: Tools, kubeconfig: string, example: string): Promise<boolean> {
  const kubectl = await programs.find("kubectl");
  if (!kubectl) throw new Error("the bench needs kubectl");
  const env = programs.environment();
  const build = spawn(
    kubectl.file,
    [...kubectl.args, "kustomize", "--load-restrictor", "LoadRestrictionsNone", example],
    {
      stdio: ["ignore", "pipe", "ignore"],
      env,
    },
  );
  const applyArguments = ["--kubeconfig", kubeconfig, "apply", "--server-side", "--force-conflicts", "-f", "-"];
  const apply = spawn(kubectl.file, [...kubectl.args, ...applyArguments], { stdio: ["pipe", "ignore", "pipe"], env });
  let words = "";
  apply.stderr.on("data", (chunk: Buffer) => {
    words += chunk.toString();
  });
  build.stdout.pipe(apply.stdin);
  const codes = await Promise.all(
    [build, apply].map((child) => new Promise((resolve) => child.once("close", resolve))),
  );
  const errors = words.split("\n").filter((line) => line !== "" && !line.startsWith("Warning"));
  if (errors.length > 0) say(`  ${errors.length} errors, the first: ${errors[0]?.slice(0, 160)}`);
  return codes.every((code) => code === 0);
}

async function untilAllRun(client: ClusterClient): Promise<void> {
  for (;;) {
    const [pods, deployments] = await Promise.all([client.list("v1", "Pod"), client.list("apps/v1", "Deployment")]);
    const run = pods.filter(({ status }) =>
      ["Running", "Succeeded"].includes(String((status as { phase?: string }).phase)),
    );
    const available = deployments.filter(({ spec, status }) => {
      const wanted = (spec as { replicas?: number }).replicas ?? 1;
      return ((status as { availableReplicas?: number }).availableReplicas ?? 0) >= wanted;
    });
    if (pods.length >= 51 && run.length === pods.length && available.length === deployments.length) return;
    await sleep(250);
  }
}

async function withFlowdeck(room: InstallRoom): Promise<Figures> {
  const components = await allComponents(room.installer, "26.03");
  await unpackedSources(room.folder);
  const began = performance.now();
  let built: number | undefined;
  let applied: number | undefined;
  let running: number | undefined;
  await room.install(room.settings("26.03", "bench", { components }), {
    password: "correct horse battery",
  });
  const status = await untilEnded(room, room.kfDir("bench"), ({ objects, step }) => {
    if (built === undefined && step === "apply") built = seconds(began);
    if (applied === undefined && objects.total > 0 && objects.done === objects.total) applied = seconds(began);
    if (running === undefined && step === "verify") running = seconds(began);
    return false;
  });
  if (status.state !== "installed")
    throw new Error(`Flowdeck's run ended as ${status.state}: ${status.error?.message}`);
  say(`  planned after ${built} s, verified after ${seconds(began)} s`);
  return { applied: applied ?? seconds(began), running: running ?? seconds(began) };
}

function seconds(began: number): number {
  return round((performance.now() - began) / 1000);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
