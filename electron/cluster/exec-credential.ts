import { spawn } from "node:child_process";
import { FlowdeckError } from "../../common/contract/index.ts";
import { isRecord, text } from "../../common/json/index.ts";
import { type Message, message } from "../../common/words/index.ts";
import { readBounded } from "./bounded-file.ts";
import type { ResolvedContext } from "./context.ts";
import type { ExecApprovals } from "./exec-approvals.ts";
import { execEnvironment } from "./exec-environment.ts";

/** What a credential program printed. */
export interface ExecCredential {
  token?: string;
  clientCertificate?: Buffer;
  clientKey?: Buffer;
  /** Milliseconds since the epoch. */
  expiresAt?: number;
}

export interface ExecCredentials {
  /** Throws `exec-needs-approval` or `exec-failed`. */
  fetch(context: ResolvedContext): Promise<ExecCredential>;
}

/** A program that asks something nobody can answer must not hang a connection for ever. */
const longestRunMs = 60_000;
const longestOutput = 1 << 20;

/** A little before its end, so that a request under way does not carry a token that has just expired. */
export function tokenIsFresh(credential: ExecCredential, now = Date.now()): boolean {
  return credential.expiresAt === undefined || credential.expiresAt - now > 10_000;
}

/** Runs credential programs as client-go does, but only those that were approved, and in a clean environment. */
export class ExecPrograms implements ExecCredentials {
  readonly #approvals: ExecApprovals;
  readonly #environment: NodeJS.ProcessEnv;

  constructor(approvals: ExecApprovals, environment: NodeJS.ProcessEnv) {
    this.#approvals = approvals;
    this.#environment = environment;
  }

  async fetch(context: ResolvedContext): Promise<ExecCredential> {
    const plugin = context.user.exec;
    if (plugin === undefined) throw new Error("The context has no credential program.");
    const command = await this.#approvals.requireApproved(context);
    const info = {
      apiVersion: plugin.apiVersion,
      kind: "ExecCredential",
      spec: {
        interactive: false,
        ...(plugin.provideClusterInfo
          ? {
              cluster: {
                server: context.cluster.server,
                ...(context.cluster.serverName === undefined ? {} : { "tls-server-name": context.cluster.serverName }),
                ...(context.cluster.insecure ? { "insecure-skip-tls-verify": true } : {}),
                ...(context.cluster.proxyUrl === undefined ? {} : { "proxy-url": context.cluster.proxyUrl }),
                ...(context.cluster.disableCompression ? { "disable-compression": true } : {}),
                ...(context.cluster.execConfig === undefined ? {} : { config: context.cluster.execConfig }),
                ...(await authority(context)),
              },
            }
          : {}),
      },
    };
    const env: NodeJS.ProcessEnv = { ...this.#environment, KUBERNETES_EXEC_INFO: JSON.stringify(info) };
    for (const { name, value } of execEnvironment(plugin)) env[name] = value;
    const output = await run(command, env, context.name);
    return parseExecCredential(output, command[0] ?? "", context.name);
  }
}

/** As in client-go, a program is given the authority's content also where the kubeconfig names its file. */
async function authority({ cluster: { caData, caFile } }: ResolvedContext): Promise<Record<string, string>> {
  const data = caData ?? (caFile === undefined ? undefined : (await readBounded(caFile, 4 << 20)).toString("base64"));
  return data === undefined ? {} : { "certificate-authority-data": data };
}

/** Reads an ExecCredential object; throws `exec-failed` without repeating what the program printed, as it may be secret. */
export function parseExecCredential(output: string, program: string, contextName: string): ExecCredential {
  let parsed: unknown;
  try {
    parsed = JSON.parse(output);
  } catch {
    throw failed(contextName, program, message("signIn.noJson"));
  }
  const status = isRecord(parsed) && isRecord(parsed.status) ? parsed.status : undefined;
  if (status === undefined) throw failed(contextName, program, message("signIn.noStatus"));
  const token = text(status.token);
  const certificate = text(status.clientCertificateData);
  const key = text(status.clientKeyData);
  const expires = Date.parse(text(status.expirationTimestamp) ?? "");
  if (token === undefined && (certificate === undefined || key === undefined)) {
    throw failed(contextName, program, message("signIn.noCredentials"));
  }
  return {
    ...(token === undefined ? {} : { token }),
    ...(certificate === undefined || key === undefined
      ? {}
      : { clientCertificate: Buffer.from(certificate), clientKey: Buffer.from(key) }),
    ...(Number.isNaN(expires) ? {} : { expiresAt: expires }),
  };
}

function failed(contextName: string, program: string, why: Message, detail?: string): FlowdeckError {
  return new FlowdeckError(
    "exec-failed",
    message("signIn.programFailed", { context: contextName, program, why }),
    detail === undefined || detail === "" ? {} : { detail },
  );
}

function run(command: readonly string[], env: NodeJS.ProcessEnv, contextName: string): Promise<string> {
  const [file = "", ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      env,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: longestRunMs,
      windowsHide: true,
    });
    const out: Buffer[] = [];
    let size = 0;
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > longestOutput) child.kill();
      else out.push(chunk);
    });
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      said = (said + chunk).slice(-4000);
    });
    child.on("error", (error) => reject(failed(contextName, file, message("signIn.notStarted"), error.message)));
    child.on("close", (code, signal) => {
      if (size > longestOutput) reject(failed(contextName, file, message("signIn.tooMuch")));
      else if (code === 0) resolve(Buffer.concat(out).toString("utf8"));
      else {
        const how =
          code === null
            ? message("signIn.killed", { signal: String(signal), seconds: longestRunMs / 1000 })
            : message("signIn.exited", { code: String(code) });
        reject(failed(contextName, file, how, said.trim()));
      }
    });
  });
}
