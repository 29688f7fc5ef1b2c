import { readFile } from "node:fs/promises";
import { type FillSize, fill } from "./fill.ts";

/** Fills a cluster in a process of its own, so that the one that measures stays small; prints its progress. */
const [settings = ""] = process.argv.slice(2);
const { server, ca, token, size } = JSON.parse(await readFile(settings, "utf8")) as {
  server: string;
  ca: string;
  token: string;
  size: FillSize;
};
await fill({ server, ca: Buffer.from(ca, "base64"), token }, size, (line) => process.stdout.write(`${line}\n`));
