import { readFile } from "node:fs/promises";
import { type FillSize, inParallel, podPlace, runningStatus, Writer } from "./fill.ts";

/**
 * Changes pods as fast as the API server takes it, or `perSecond` at most, until its input closes; each change shows in
 * the pod's line. Prints how many changes were made and in how many milliseconds.
 */
const [settings = ""] = process.argv.slice(2);
const { server, ca, token, size, perSecond, atOnce } = JSON.parse(await readFile(settings, "utf8")) as {
  server: string;
  ca: string;
  token: string;
  size: FillSize;
  perSecond: number;
  atOnce: number;
};

let ended = false;
process.stdin.on("end", () => {
  ended = true;
});
process.stdin.resume();

const writer = new Writer({ server, ca: Buffer.from(ca, "base64"), token });
const began = performance.now();
let changes = 0;
await inParallel(
  atOnce,
  async () => {
    while (!ended) {
      const turn = changes++;
      const due = began + (turn / perSecond) * 1000;
      const early = due - performance.now();
      if (early > 2) await new Promise((resolve) => setTimeout(resolve, early));
      // A stride that visits all pods before it meets one again.
      const index = (turn * 7919) % size.pods;
      const { namespace, name } = podPlace(index, size);
      const path = `/api/v1/namespaces/${namespace}/pods/${name}/status`;
      await writer.send("PATCH", path, runningStatus(index, 1 + (turn % 90)), "application/merge-patch+json");
    }
  },
  atOnce,
);
const ms = performance.now() - began;
await writer.close();
process.stdout.write(`${JSON.stringify({ changes, ms })}\n`);
