import { readFile } from "node:fs/promises";
import { createTools } from "../../../electron/tools/index.ts";
import { withChurn } from "./churn.ts";
import { measureData } from "./data.ts";
import { type FillSize, Writer } from "./fill.ts";
import { makeSentinel } from "./sentinel.ts";

/** Measures the rooms behind the page in a process that holds nothing else; prints lines, the last of them JSON. */
const [settings = ""] = process.argv.slice(2);
const { server, ca, token, size, folder, kubeconfig, churnSeconds, perSecond } = JSON.parse(
  await readFile(settings, "utf8"),
) as {
  server: string;
  ca: string;
  token: string;
  size: FillSize;
  folder: string;
  kubeconfig: string;
  churnSeconds: number;
  perSecond: number;
};
const target = { server, token, ca: Buffer.from(ca, "base64") };
const writer = new Writer(target);
const figures = await measureData({
  kubeconfig,
  tools: createTools(),
  pods: size.pods,
  sentinel: await makeSentinel(writer),
  churnSeconds,
  churn: (work) => withChurn({ target, size, folder, perSecond }, work),
  say: (line) => process.stdout.write(`${line}\n`),
});
await writer.close();
process.stdout.write(`${JSON.stringify(figures)}\n`);
