import { expect, it } from "vitest";
import { contextId } from "../../../../common/contract/index.ts";
import type { InstallLog } from "../../../../electron/install/installation-dir/install-log.ts";
import { Operations } from "../../../../electron/install/operations/operations.ts";
import { StatusStore } from "../../../../electron/install/run/status-store.ts";

/** Work in a folder, and what ends it: first its status, a moment later it lets go of the folder. */
function work() {
  const works = new Operations();
  const statusStore = new StatusStore({
    kfDir: "/x",
    activity: "install",
    release: "r",
    title: "t",
    context: contextId.parse("c"),
  });
  const { promise: done, resolve: letGo } = Promise.withResolvers<void>();
  works.add("/x", { statusStore, log: {} as InstallLog, stop: new AbortController(), done, values: {} });
  return { works, statusStore, letGo };
}

it("refuses a folder that is worked in", async () => {
  await expect(work().works.untilFree("/x")).rejects.toMatchObject({ code: "busy" });
});

it("waits where the status says that work has ended, and its lock is not gone yet", async () => {
  const { works, statusStore, letGo } = work();
  statusStore.tell({ type: "finished", state: "cancelled" });
  let free = false;
  const waiting = works.untilFree("/x").then(() => {
    free = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(free).toBe(false);
  letGo();
  await waiting;
  await works.untilFree("/another");
});
