import { type ChildProcess, spawn } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Agent, request } from "undici";
import type { Tools } from "../../../electron/tools/index.ts";

/**
 * etcd and kube-apiserver alone, for measuring: no controller, scheduler or simulator takes time from them, and what is
 * written stays as it is written.
 */
export class ControlPlane {
  readonly kubeconfig: string;
  readonly server: string;
  readonly token: string;
  readonly ca: Buffer;
  readonly #children: ChildProcess[];

  private constructor(made: { folder: string; server: string; token: string; ca: Buffer; children: ChildProcess[] }) {
    this.kubeconfig = join(made.folder, "kubeconfig");
    this.server = made.server;
    this.token = made.token;
    this.ca = made.ca;
    this.#children = made.children;
  }

  /** Starts both in a folder of their own and waits until the API server is ready. */
  static async start(folder: string, tools: Pick<Tools, "toolbox" | "environment">): Promise<ControlPlane> {
    await mkdir(join(folder, "certs"), { recursive: true });
    const [etcdPort = 0, peerPort = 0, port = 0] = await freePorts(3);
    const token = randomBytes(16).toString("hex");
    const { publicKey, privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
    });
    await Promise.all([
      writeFile(join(folder, "sa.pub"), publicKey),
      writeFile(join(folder, "sa.key"), privateKey, { mode: 0o600 }),
      writeFile(join(folder, "tokens.csv"), `${token},bench,bench,system:masters\n`, { mode: 0o600 }),
    ]);
    const children: ChildProcess[] = [];
    const run = async (program: string, args: string[]) => {
      // The toolbox acts by its first word.
      const { file } = await tools.toolbox("kubectl");
      const log = createWriteStream(join(folder, `${program}.log`));
      const child = spawn(file, [program, ...args], { env: tools.environment(), stdio: ["ignore", "pipe", "pipe"] });
      child.stdout?.pipe(log, { end: false });
      child.stderr?.pipe(log);
      children.push(child);
    };
    const client = `http://127.0.0.1:${etcdPort}`;
    const peer = `http://127.0.0.1:${peerPort}`;
    await run("etcd", [
      `--data-dir=${join(folder, "etcd")}`,
      ...[`--listen-client-urls=${client}`, `--advertise-client-urls=${client}`],
      ...[`--listen-peer-urls=${peer}`, `--initial-advertise-peer-urls=${peer}`, `--initial-cluster=default=${peer}`],
      ...["--unsafe-no-fsync", "--quota-backend-bytes=8589934592", "--log-level=warn"],
    ]);
    await run("kube-apiserver", [
      ...["--bind-address=127.0.0.1", "--advertise-address=127.0.0.1", "--endpoint-reconciler-type=none"],
      ...[`--secure-port=${port}`, `--etcd-servers=${client}`, `--cert-dir=${join(folder, "certs")}`],
      ...[`--token-auth-file=${join(folder, "tokens.csv")}`, "--authorization-mode=RBAC"],
      ...[`--service-account-key-file=${join(folder, "sa.pub")}`],
      ...[`--service-account-signing-key-file=${join(folder, "sa.key")}`],
      ...["--service-account-issuer=https://kubernetes.default.svc", "--service-cluster-ip-range=10.96.0.0/16"],
      // Nobody makes service accounts here, and no node is ever ready.
      "--disable-admission-plugins=ServiceAccount,TaintNodesByCondition,Priority",
      "--profiling=false",
    ]);
    const server = `https://127.0.0.1:${port}`;
    try {
      const ca = await untilReady(server, join(folder, "certs", "apiserver.crt"), token, children);
      const plane = new ControlPlane({ folder, server, token, ca, children });
      await writeFile(plane.kubeconfig, JSON.stringify(kubeconfigOf(server, ca, token)), { mode: 0o600 });
      return plane;
    } catch (error) {
      await stop(children);
      throw error;
    }
  }

  /** An id of the API server's process, to look at what it takes. */
  get processes(): number[] {
    return this.#children.flatMap(({ pid }) => pid ?? []);
  }

  async stop(): Promise<void> {
    await stop(this.#children);
  }
}

async function stop(children: readonly ChildProcess[]): Promise<void> {
  for (const child of children.toReversed()) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill("SIGKILL"); // nothing here is kept
    await once(child, "exit");
  }
}

async function untilReady(
  server: string,
  certificate: string,
  token: string,
  children: ChildProcess[],
): Promise<Buffer> {
  for (const until = Date.now() + 60_000; Date.now() < until; await sleep(200)) {
    if (children.some(({ exitCode }) => exitCode !== null)) break;
    try {
      const ca = await readFile(certificate);
      const dispatcher = new Agent({ connect: { ca } });
      const { statusCode, body } = await request(`${server}/readyz`, {
        dispatcher,
        headers: { authorization: `Bearer ${token}` },
      });
      await body.dump();
      await dispatcher.close();
      if (statusCode === 200) return ca;
    } catch {
      // Not yet.
    }
  }
  throw new Error("The control plane did not start; its logs are in its folder.");
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  await Promise.all(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

function kubeconfigOf(server: string, ca: Buffer, token: string): object {
  return {
    apiVersion: "v1",
    kind: "Config",
    "current-context": "bench",
    clusters: [{ name: "bench", cluster: { server, "certificate-authority-data": ca.toString("base64") } }],
    users: [{ name: "bench", user: { token } }],
    contexts: [{ name: "bench", context: { cluster: "bench", user: "bench" } }],
  };
}
