/**
 * `node bin/run.js test/bench/logs.ts`: a pod of a practice cluster writes more than 10 MB a second; prints as one line of
 * JSON how much of it the logs' room and the page in a browser keep up with, whether lines are missing, and how long a
 * search in a million lines takes.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ContextId, contextId } from "../../common/contract/index.ts";
import { textOf } from "../../common/words/index.ts";
import { createBackend } from "../../electron/backend.ts";
import { ensureBuilt } from "../../electron/cli/build-page.ts";
import { ClusterConnections, Kubeconfigs } from "../../electron/cluster/index.ts";
import { startWebHost } from "../../electron/host/index.ts";
import { PracticeCluster } from "../../electron/practice/index.ts";
import { createTools } from "../../electron/tools/index.ts";
import { Kubectl } from "../cluster/kubectl.ts";
import { browserProblem, launchBrowser } from "../e2e/browser.ts";
import { measurePage, measureRoom } from "./browser/logs.ts";

const seconds = 20;
const folder = await mkdtemp(join(tmpdir(), "flowdeck-bench-logs-"));
const tools = createTools();
const cluster = new PracticeCluster({ dataDir: folder, tools });
const say = (line: string) => console.error(line);

try {
  await cluster.start({ nodes: 1, podReadyMs: { min: 50, max: 100 } });
  const kubectl = new Kubectl(tools, () => cluster.kubeconfigPath);
  await kubectl.apply({
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name: "flood",
      namespace: "default",
      annotations: { "practice.flowdeck.dev/log-rate": "100000", "practice.flowdeck.dev/log-width": "80" },
    },
    spec: { containers: [{ name: "c", image: "registry.example/flood:1" }] },
  });
  await kubectl.wait("pod/flood", "condition=Ready");
  const home = { dataDir: folder, environment: { KUBECONFIG: join(folder, "none") }, home: folder };
  const kubeconfigs = new Kubeconfigs({ ...home, practice: cluster.kubeconfigPath });
  const connections = new ClusterConnections({ kubeconfigs, environment: {} });
  const context = contextId.parse((await kubeconfigs.list()).contexts[0]?.id);
  const room = await measureRoom(connections, { context, pod: "flood", container: "c" }, seconds);
  await connections.close();
  const page = await inBrowser(context);
  console.log(JSON.stringify({ bench: "logs", seconds, room, page }));
  if (room.wrong > 0) process.exitCode = 1;
} finally {
  await cluster.reset();
  cluster.close();
  await rm(folder, { recursive: true, force: true });
}

async function inBrowser(context: ContextId) {
  const problem = await browserProblem();
  if (problem !== undefined) return { missing: problem };
  const pageFolder = await ensureBuilt("page", (said) => say(textOf(said, "en")));
  const assetsDir = fileURLToPath(new URL("../../assets", import.meta.url));
  const app = { env: { ...process.env, HOME: folder, KUBECONFIG: cluster.kubeconfigPath }, version: "0.0.0" };
  const running = await createBackend({ ...app, dataDir: join(folder), host: "web", assetsDir, log: () => undefined });
  const host = await startWebHost({ backend: running.backend, pageFolder });
  const browser = await launchBrowser();
  try {
    const route = `#/browse/pods?c=${encodeURIComponent(context)}&o=default/flood&tab=logs`;
    return await measurePage(browser, host.startUrl(), route, seconds / 2);
  } finally {
    await browser.close();
    await host.close();
    await running.close();
  }
}
