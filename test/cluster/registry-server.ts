import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { at, parseJson, text } from "../../common/json/index.ts";
import type { Tools } from "../../electron/tools/index.ts";

export interface RegistryServer {
  /** Host and port, as in an image's name. */
  host: string;
  certificate: string | undefined;
  stop(): Promise<void>;
}

export interface RegistryOptions {
  htpasswd?: string;
  auth?: "basic" | "bearer";
  tlsNames?: string[];
  images?: { name: string; platforms?: string[]; layers?: number; bytes?: number }[];
}

/** Starts crane's registry on this computer; it ends with this process. */
export async function startRegistry(tools: Tools, options: RegistryOptions = {}): Promise<RegistryServer> {
  const { file, args } = await tools.toolbox("images");
  const child = spawn(file, [...args, "serve"], { env: tools.environment(), stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.write(`${JSON.stringify({ address: "127.0.0.1:0", ...options })}\n`);
  for await (const line of createInterface({ input: child.stdout })) {
    const started = parseJson(line);
    const host = text(at(started, "address"));
    if (host === undefined) break;
    return { host, certificate: text(at(started, "certificate")), stop: () => ended(child) };
  }
  throw new Error("the registry did not start");
}

async function ended(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once("close", resolve));
  child.stdin?.end();
  await gone;
}
