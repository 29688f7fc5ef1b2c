import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stringify } from "yaml";
import { at, fields, list, text } from "../../common/json/index.ts";
import { whyNoProgram } from "../debian-package.ts";

const program = "/usr/bin/docker-registry";

/** Why Docker's registry can't run here, or undefined. */
export function whyNoDockerRegistry(): Promise<string | undefined> {
  return whyNoProgram(program, "docker-registry");
}

/** Docker's registry on this computer. */
export interface DockerRegistry {
  stop(): Promise<void>;
}

/**
 * Runs Docker's registry as a pod of this Deployment would: with its variables, and with what its Secrets have, at the
 * paths where they are mounted below `folder`.
 */
export async function runAsDeployed(
  { deployment, secrets, port }: { deployment: unknown; secrets: unknown[]; port: number },
  folder: string,
): Promise<DockerRegistry> {
  const spec = fields(at(deployment, "spec", "template", "spec"));
  const container = list(spec.containers)[0];
  const places = list(at(container, "volumeMounts")).map((mount) => {
    const path = text(at(mount, "mountPath")) ?? "";
    const volume = list(spec.volumes).find((one) => at(one, "name") === at(mount, "name"));
    return { path, secret: text(at(volume, "secret", "secretName")) };
  });
  for (const { path, secret } of places) {
    await mkdir(join(folder, path), { recursive: true });
    const data = fields(
      at(
        secrets.find((one) => at(one, "metadata", "name") === secret),
        "data",
      ),
    );
    for (const [key, value] of Object.entries(data))
      await writeFile(join(folder, path, key), Buffer.from(String(value), "base64"));
  }
  const env = Object.fromEntries(
    list(at(container, "env")).map((one): [string, string] => {
      const [name, value] = [text(at(one, "name")) ?? "", text(at(one, "value")) ?? ""];
      if (name === "REGISTRY_HTTP_ADDR") return [name, `127.0.0.1:${port}`];
      return [name, places.some(({ path }) => value.startsWith(path)) ? join(folder, value) : value];
    }),
  );
  // What the image has in its own file; all else is in the variables.
  const config = join(folder, "config.yml");
  await writeFile(config, stringify({ version: 0.1, log: { level: "error" }, storage: { filesystem: {} }, http: {} }));
  const child = spawn(program, ["serve", config], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => {
    errors += chunk.toString();
  });
  for (let attempt = 0; !(await answers(port)); attempt++) {
    if (child.exitCode !== null || attempt > 100) throw new Error(`docker-registry did not start: ${errors}`);
    await sleep(100);
  }
  return { stop: () => ended(child) };
}

/** A port that nothing has now, among those of nodes. */
export async function freeNodePort(): Promise<number> {
  for (let port = 30_100 + (process.pid % 2000); ; port++)
    if (!(await answers(port)) && (await canHave(port))) return port;
}

async function canHave(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

async function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = new Promise((resolve) => child.once("close", resolve));
  child.kill();
  await gone;
}
