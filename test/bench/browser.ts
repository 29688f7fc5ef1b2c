/**
 * The resource browser on a cluster with 50 000 pods, which only an etcd and a kube-apiserver of its own hold: what the
 * rooms behind the page take, what `kubectl get pods -A` takes in the same run, and what a real browser shows; then the
 * benches of logs and terminals. The last line is JSON. `--quick` takes 5 000 pods, `--data` leaves out the page, `--page`
 * all but the page, `--minutes N` goes on changing pods for so long, to see whether memory grows.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createTools } from "../../electron/tools/index.ts";
import { withChild } from "./browser/child.ts";
import { withChurn } from "./browser/churn.ts";
import { ControlPlane } from "./browser/control-plane.ts";
import { type DataFigures, measureKubectl } from "./browser/data.ts";
import { eventsPerSecond } from "./browser/engine-speed.ts";
import { Writer } from "./browser/fill.ts";
import { measurePage, type PageFigures } from "./browser/page.ts";
import { makeSentinel } from "./browser/sentinel.ts";

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    data: { type: "boolean", default: false },
    page: { type: "boolean", default: false },
    minutes: { type: "string" },
    rate: { type: "string", default: "1000" },
  },
});
const size = values.quick ? { pods: 5_000, nodes: 50, namespaces: 20 } : { pods: 50_000, nodes: 500, namespaces: 25 };
const churnSeconds = values.minutes === undefined ? (values.quick ? 10 : 60) : Number(values.minutes) * 60;
const say = (line: string) => process.stdout.write(`${line}\n`);
const tools = createTools();
const folder = await mkdtemp(join(tmpdir(), "flowdeck-bench-"));
let plane: ControlPlane | undefined;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    // Nothing of it may stay behind, however the bench ends.
    const stopped = plane?.stop() ?? Promise.resolve();
    stopped.finally(() => process.exit(1)).catch(() => undefined);
  });
}
try {
  plane = await ControlPlane.start(folder, tools);
  const began = Date.now();
  say(`filling with ${size.pods} pods on ${size.nodes} nodes in ${size.namespaces} namespaces`);
  const toFill = { target: plane, size, folder };
  await withChild(
    "fill-child.ts",
    toFill,
    (text) => process.stdout.write(text),
    async () => undefined,
  );
  const fill_s = Math.round((Date.now() - began) / 1000);
  const writer = new Writer(plane);
  try {
    const target = plane;
    const { kubeconfig } = plane;
    const perSecond = Number(values.rate);
    const data = values.page ? undefined : await dataFigures(plane, perSecond);
    const kubectl = values.page ? undefined : await measureKubectl(tools, kubeconfig);
    if (kubectl !== undefined) {
      say(
        `kubectl get pods -A: first line after ${Math.round(kubectl.first)} ms, all after ${Math.round(kubectl.all)} ms`,
      );
    }
    const page: PageFigures | undefined = values.data
      ? undefined
      : await measurePage({
          kubeconfig,
          pods: size.pods,
          sentinel: await makeSentinel(writer),
          churn: (work) => withChurn({ target, size, folder, perSecond }, work),
          say,
        });
    // Logs and terminals have nothing to do with this cluster: it would only take their time.
    await plane.stop();
    const streams =
      values.data || values.page ? {} : { logs: await figuresOf("logs.ts"), terminal: await figuresOf("terminal.ts") };
    const ours = page?.all_rows_ms ?? data?.data_all_rows_ms;
    say(
      JSON.stringify({
        pods: size.pods,
        fill_s,
        ...data,
        ...(data === undefined ? {} : { engine_events_per_s: Math.round(eventsPerSecond(size.pods, 10_000)) }),
        ...(kubectl === undefined
          ? {}
          : {
              kubectl_first_ms: Math.round(kubectl.first),
              kubectl_all_ms: Math.round(kubectl.all),
              ratio: ours === undefined ? undefined : Math.round((kubectl.all / ours) * 10) / 10,
            }),
        ...page,
        ...streams,
      }),
    );
  } finally {
    await writer.close();
  }
} finally {
  await plane?.stop();
  await rm(folder, { recursive: true, force: true });
}

/** The last line of another bench, which is JSON. */
async function figuresOf(program: string): Promise<unknown> {
  const child = spawn(process.execPath, [join(import.meta.dirname, program)], { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`${program} ended with ${code}.`);
  return JSON.parse(output.trimEnd().split("\n").at(-1) ?? "");
}

async function dataFigures(target: ControlPlane, perSecond: number): Promise<DataFigures> {
  const more = { folder, kubeconfig: target.kubeconfig, churnSeconds, perSecond };
  let last = "";
  const hear = (text: string) => {
    for (const line of text.split("\n").filter(Boolean)) {
      if (line.startsWith("{")) last = line;
      else say(line);
    }
  };
  await withChild("data-child.ts", { target, size, folder, more }, hear, async () => undefined);
  return JSON.parse(last) as DataFigures;
}
