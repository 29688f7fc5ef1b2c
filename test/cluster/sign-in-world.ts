import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createSocket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hashSync } from "bcryptjs";
import { at, fields, list, text } from "../../common/json/index.ts";
import { type KubeObject, pause } from "../../electron/cluster/index.ts";
import type { SignInPrograms } from "../sign-in-programs.ts";

const issuer = "http://dex.auth.svc.cluster.local:5556/dex";

/** Finds an object as it is applied, or as it is in the cluster. */
export type Lookup = (kind: string, namespace: string, name: string) => Promise<KubeObject | undefined>;

/**
 * Dex and oauth2-proxy as they would run in their pods: with the configuration and the variables that these objects give
 * them. Only addresses and Dex's storage are others. The gateway before them stands in for Envoy: it has the two routes of
 * the VirtualServices, and asks oauth2-proxy about everything else.
 */
export class SignInWorld {
  readonly #programs: SignInPrograms;
  readonly #lookup: Lookup;
  readonly #children: ChildProcess[] = [];
  readonly #servers: Server[] = [];
  #folder: string | undefined;
  readonly #folders: string[] = [];
  log = "";

  constructor(programs: SignInPrograms, lookup: Lookup) {
    this.#programs = programs;
    this.#lookup = lookup;
  }

  /** oauth2-proxy alone, behind a gateway at this port; its configuration says where people sign in. */
  async startWithout(gatewayPort: number): Promise<string> {
    this.#folder = await mkdtemp(join(tmpdir(), "flowdeck-sign-in-"));
    const proxyPort = await freePort();
    await this.#startProxy(proxyPort, issuer);
    return this.#startGateway(0, proxyPort, gatewayPort);
  }

  /** A Dex that has nothing to do with Kubeflow; gives its issuer. */
  async startProvider(port: number, client: { id: string; secret: string; redirect: string }): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), "flowdeck-provider-"));
    this.#folders.push(folder);
    const address = `http://127.0.0.1:${port}/idp`;
    const config = {
      issuer: address,
      storage: { type: "memory" },
      web: { http: `127.0.0.1:${port}` },
      oauth2: { skipApprovalScreen: true },
      enablePasswordDB: true,
      staticClients: [{ id: client.id, secret: client.secret, name: "Kubeflow", redirectURIs: [client.redirect] }],
      // "correct horse battery", with the least cost that Dex takes
      staticPasswords: [
        { email: "ann@school.example", username: "ann", userID: "1", hash: hashSync("correct horse battery", 10) },
      ],
    };
    const file = join(folder, "config.yaml");
    await writeFile(file, JSON.stringify(config));
    await this.#run(this.#programs.dex, ["serve", file], {}, `${address}/healthz`);
    return address;
  }

  /** Dex's own address, for those who use it as a provider of others. */
  dex = "";

  /** Starts everything; gives the gateway's address. Throws with Dex's log where one of the programs does not start. */
  async start(): Promise<string> {
    this.#folder = await mkdtemp(join(tmpdir(), "flowdeck-sign-in-"));
    const [dexPort, proxyPort] = [await freePort(), await freePort()];
    const address = `http://127.0.0.1:${dexPort}/dex`;
    this.dex = address;
    await this.#startDex(dexPort, address);
    await this.#startProxy(proxyPort, address);
    return this.#startGateway(dexPort, proxyPort);
  }

  async stop(): Promise<void> {
    for (const child of this.#children.splice(0)) {
      const ended = new Promise((done) => child.once("exit", done));
      if (child.exitCode === null && child.kill()) await ended;
    }
    for (const server of this.#servers.splice(0)) {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    }
    if (this.#folder) await rm(this.#folder, { recursive: true, force: true });
    this.#folder = undefined;
    for (const folder of this.#folders.splice(0)) await rm(folder, { recursive: true, force: true });
  }

  async #startDex(port: number, address: string): Promise<void> {
    const config = await this.#value("ConfigMap", "auth", "dex", "config.yaml");
    const swapped = config
      .replaceAll(issuer, address)
      .replace("0.0.0.0:5556", `127.0.0.1:${port}`)
      .replace(/storage:\n( +)type: kubernetes\n +config:\n +inCluster: true/, "storage:\n$1type: memory");
    const file = await this.#file("config.yaml", swapped);
    const env = await this.#environment("auth", "dex");
    await this.#run(this.#programs.dex, ["serve", file], env, `${address}/healthz`);
  }

  async #startProxy(port: number, address: string): Promise<void> {
    const deployment = await this.#object("Deployment", "oauth2-proxy", "oauth2-proxy");
    const volumes = list(at(deployment, "spec", "template", "spec", "volumes"));
    const mounted = volumes.find((volume) => at(volume, "name") === "oauth2-proxy-config");
    const name = text(at(mounted, "configMap", "name")) ?? "";
    const config = await this.#value("ConfigMap", "oauth2-proxy", name, "oauth2_proxy.cfg");
    const swapped = config.replaceAll(issuer, address).replace("/custom-theme/kubeflow-logo.svg", "-");
    const file = await this.#file("oauth2_proxy.cfg", swapped);
    const env = await this.#environment("oauth2-proxy", "oauth2-proxy");
    const args = [`--http-address=127.0.0.1:${port}`, `--config=${file}`];
    await this.#run(this.#programs.proxy, args, env, `http://127.0.0.1:${port}/ping`);
  }

  async #startGateway(dexPort: number, proxyPort: number, port = 0): Promise<string> {
    const server = createServer((asked, answer) => void route(asked, answer, dexPort, proxyPort));
    this.#servers.push(server);
    await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }

  async #run(program: string, args: string[], env: Record<string, string>, ready: string): Promise<void> {
    const child = spawn(program, args, { env: { PATH: process.env.PATH ?? "", ...env }, stdio: "pipe" });
    this.#children.push(child);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk: Buffer) => {
        this.log += chunk.toString();
      });
    }
    for (const until = Date.now() + 30_000; ; await pause(50)) {
      const answers = await fetch(ready).then(
        ({ ok }) => ok,
        () => false,
      );
      if (answers) return;
      if (child.exitCode !== null || Date.now() > until) throw new Error(`It does not start: ${this.log.slice(-2000)}`);
    }
  }

  /** The variables of a Deployment's first container, from the Secrets and ConfigMaps that it names. */
  async #environment(namespace: string, name: string): Promise<Record<string, string>> {
    const deployment = await this.#object("Deployment", namespace, name);
    const env: Record<string, string> = {};
    const [container] = list(at(deployment, "spec", "template", "spec", "containers"));
    for (const from of list(at(container, "envFrom"))) {
      const secret = text(at(from, "secretRef", "name"));
      if (secret !== undefined) Object.assign(env, await this.#values("Secret", namespace, secret));
    }
    for (const one of list(at(container, "env"))) {
      const variable = text(at(one, "name")) ?? "";
      for (const [kind, from] of [
        ["Secret", at(one, "valueFrom", "secretKeyRef")],
        ["ConfigMap", at(one, "valueFrom", "configMapKeyRef")],
      ] as const) {
        const [of, key] = [text(at(from, "name")), text(at(from, "key"))];
        if (of !== undefined && key !== undefined) env[variable] = await this.#value(kind, namespace, of, key);
      }
    }
    return env;
  }

  async #object(kind: string, namespace: string, name: string): Promise<KubeObject> {
    const found = await this.#lookup(kind, namespace, name);
    if (found === undefined) throw new Error(`There is no ${kind} ${namespace}/${name}.`);
    return found;
  }

  async #values(kind: string, namespace: string, name: string): Promise<Record<string, string>> {
    const object = await this.#object(kind, namespace, name);
    const decoded = Object.entries(fields(object.data)).map(([key, value]) => [
      key,
      kind === "Secret" ? Buffer.from(String(value), "base64").toString() : String(value),
    ]);
    return { ...Object.fromEntries(decoded), ...(fields(object.stringData) as Record<string, string>) };
  }

  async #value(kind: string, namespace: string, name: string, key: string): Promise<string> {
    const value = (await this.#values(kind, namespace, name))[key];
    if (value === undefined) throw new Error(`${kind} ${namespace}/${name} has no ${key}.`);
    return value;
  }

  async #file(name: string, content: string): Promise<string> {
    const file = join(this.#folder ?? "", name);
    await writeFile(file, content);
    return file;
  }
}

async function route(
  asked: IncomingMessage,
  answer: ServerResponse,
  dexPort: number,
  proxyPort: number,
): Promise<void> {
  const path = asked.url ?? "/";
  if (path.startsWith("/dex/")) return pass(asked, answer, dexPort);
  if (path.startsWith("/oauth2/")) return pass(asked, answer, proxyPort);
  // What Istio's ext_authz does: the same request without its body; only an answer of 200 lets it through.
  const checked = await new Promise<IncomingMessage>((done, failed) => {
    request({ port: proxyPort, host: "127.0.0.1", path, headers: asked.headers }, done).on("error", failed).end();
  });
  if (checked.statusCode !== 200) {
    answer.writeHead(checked.statusCode ?? 500, checked.headers);
    checked.pipe(answer);
    return;
  }
  checked.resume();
  answer.end(`dashboard of ${String(checked.headers["x-auth-request-email"])}`);
}

function pass(asked: IncomingMessage, answer: ServerResponse, port: number): void {
  const { method, url, headers } = asked;
  const on = request({ port, host: "127.0.0.1", method, path: url, headers }, (got) => {
    answer.writeHead(got.statusCode ?? 500, got.headers);
    got.pipe(answer);
  });
  on.on("error", () => answer.writeHead(502).end());
  asked.pipe(on);
}

/** A port of this computer that no one has now. */
export async function freePort(): Promise<number> {
  const server = createSocket();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
