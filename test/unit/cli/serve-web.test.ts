import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { message } from "../../../common/words/index.ts";
import type { RunningBackend } from "../../../electron/backend.ts";
import { serveWeb } from "../../../electron/cli/serve-web.ts";
import { backendOf, enter, pageFolder, streamProtocols } from "../host/support.ts";

it("ends when its last page has been gone for a while, but not while an installation runs", async () => {
  const activity = vi.fn<RunningBackend["activity"]>();
  const installing = message("appWindow.installing", { title: "Kubeflow", folder: "/kubeflow" });
  activity.mockReturnValueOnce(installing).mockReturnValueOnce(installing);
  const kfdefs = { build: vi.fn<RunningBackend["kfdefs"]["build"]>() };
  const running = { backend: backendOf({}), kfdefs, activity, ownsAddress: () => false, close: async () => [] };
  const dataDir = await mkdtemp(join(tmpdir(), "flowdeck-serve-"));
  const served = await serveWeb({
    running,
    dataDir,
    pageFolder: await pageFolder(),
    port: 0,
    log: () => undefined,
    lingerMs: 1,
  });
  const protocols = streamProtocols(await enter(served.host));
  const headers = { origin: served.host.origin };
  const page = new WebSocket(`ws://127.0.0.1:${served.host.port}/api/stream`, protocols, { headers });
  page.on("open", () => page.close());
  await served.abandoned;
  expect(activity).toHaveBeenCalledTimes(3);
  await served.close();
});
