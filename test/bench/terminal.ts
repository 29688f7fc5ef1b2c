/**
 * `node bin/run.js test/bench/terminal.ts`: a shell on this machine writes as much as it can; prints as one line of JSON
 * how much of it the terminal's room and the page in a browser take in a second, and how soon Ctrl-C is answered then.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { textOf } from "../../common/words/index.ts";
import { createBackend } from "../../electron/backend.ts";
import { ensureBuilt } from "../../electron/cli/build-page.ts";
import { ClusterConnections, Kubeconfigs } from "../../electron/cluster/index.ts";
import { startWebHost } from "../../electron/host/index.ts";
import { TerminalSessions } from "../../electron/terminal/index.ts";
import { createTools } from "../../electron/tools/index.ts";
import { browserProblem, launchBrowser } from "../e2e/browser.ts";
import { measureTerminalPage, measureTerminalRoom } from "./browser/terminal.ts";

const seconds = 5;
const folder = await mkdtemp(join(tmpdir(), "flowdeck-bench-terminal-"));
const env = { ...process.env, KUBECONFIG: join(folder, "none") };

try {
  const room = await inRoom();
  const page = await inBrowser();
  console.log(JSON.stringify({ bench: "terminal", seconds, room, page }));
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function inRoom() {
  const tools = createTools({ env });
  const kubeconfigs = new Kubeconfigs({ dataDir: folder, environment: env, home: folder });
  const connections = new ClusterConnections({ kubeconfigs, environment: tools.environment() });
  const terminals = new TerminalSessions({
    ...{ connections, tools, dataDir: folder, version: "0.0.0" },
    installation: async () => undefined,
  });
  try {
    return await measureTerminalRoom(terminals, seconds);
  } finally {
    await terminals.close();
    await connections.close();
  }
}

async function inBrowser() {
  const problem = await browserProblem();
  if (problem !== undefined) return { missing: problem };
  const pageFolder = await ensureBuilt("page", (said) => console.error(textOf(said, "en")));
  const assetsDir = fileURLToPath(new URL("../../assets", import.meta.url));
  const running = await createBackend({
    ...{ dataDir: folder, env, host: "web", version: "0.0.0", assetsDir },
    log: () => undefined,
  });
  const host = await startWebHost({ backend: running.backend, pageFolder });
  const browser = await launchBrowser();
  try {
    return await measureTerminalPage(browser, host.startUrl(), seconds);
  } finally {
    await browser.close();
    await host.close();
    await running.close();
  }
}
