import { defined } from "../../common/json/index.ts";
import { message } from "../../common/words/index.ts";
import type { ClusterEntry, ExecPlugin, UserEntry } from "./context.ts";
import type { Fields } from "./kubeconfig-fields.ts";
import { serverAddress } from "./server-address.ts";

export interface WrittenContext {
  cluster: string;
  user: string;
  namespace?: string;
}

/** Where kubectl finds what a cluster has to say to credential programs (ExecCredential's `spec.cluster.config`). */
export const execExtension = "client.authentication.k8s.io/exec";

/** Reads a cluster; what kubectl would refuse is a fault of `fields`. */
export function readCluster(fields: Fields, name: string): ClusterEntry {
  const written = fields.text("server");
  const server = written === undefined ? undefined : serverAddress(written);
  if (written === undefined) fields.wrong(message("kubeconfig.noServer", { name }));
  else if (server === undefined) {
    fields.wrong(message("kubeconfig.serverNotAddress", { server: written }), fields.at("server"));
  }
  const caFile = fields.file("certificate-authority");
  const caData = fields.pem("certificate-authority-data");
  const insecure = fields.flag("insecure-skip-tls-verify");
  if (caFile !== undefined && caData !== undefined) bothGiven(fields, "certificate-authority");
  if (insecure && (caFile !== undefined || caData !== undefined)) {
    fields.wrong(message("kubeconfig.insecureWithAuthority", { name }));
  }
  const proxyUrl = fields.text("proxy-url");
  if (proxyUrl !== undefined && !/^(https?|socks5):/i.test(proxyUrl)) {
    fields.wrong(message("kubeconfig.proxyNotAddress"), fields.at("proxy-url"));
  }
  const serverName = fields.text("tls-server-name");
  const extension = fields.children("extensions").find((entry) => entry.text("name") === execExtension);
  return {
    name,
    server: server ?? written ?? "",
    insecure,
    ...(fields.flag("disable-compression") ? { disableCompression: true } : {}),
    ...defined({ caFile, caData, serverName, proxyUrl, execConfig: extension?.json("extension") }),
  };
}

/** Reads a user; what kubectl would refuse is a fault of `fields`. */
export function readUser(fields: Fields, name: string): UserEntry {
  const exec = readExec(fields);
  const provider = fields.child("auth-provider");
  const user: UserEntry = {
    name,
    ...defined({
      certFile: fields.file("client-certificate"),
      certData: fields.pem("client-certificate-data"),
      keyFile: fields.file("client-key"),
      keyData: fields.pem("client-key-data"),
      token: fields.text("token"),
      tokenFile: fields.file("tokenFile"),
      username: fields.text("username"),
      password: fields.text("password"),
      exec,
      authProvider:
        provider === undefined
          ? undefined
          : { name: provider.text("name") ?? "", config: provider.child("config")?.allTexts() ?? {} },
      impersonate: readImpersonation(fields),
    }),
  };
  if (user.certFile !== undefined || user.certData !== undefined) {
    if (user.certFile !== undefined && user.certData !== undefined) bothGiven(fields, "client-certificate");
    if (user.keyFile !== undefined && user.keyData !== undefined) bothGiven(fields, "client-key");
    if (user.keyFile === undefined && user.keyData === undefined) {
      fields.wrong(message("kubeconfig.noClientKey", { name }));
    }
  }
  if (user.token !== undefined && (user.username !== undefined || user.password !== undefined)) {
    fields.wrong(message("kubeconfig.tokenAndPassword", { name }));
  }
  if (exec !== undefined && provider !== undefined) {
    fields.wrong(message("kubeconfig.execAndProvider", { name }));
  }
  return user;
}

function readImpersonation(fields: Fields): UserEntry["impersonate"] {
  const user = fields.text("as");
  const groups = fields.texts("as-groups");
  const uid = fields.text("as-uid");
  const extra = fields.child("as-user-extra")?.allLists() ?? {};
  const hasExtra = Object.keys(extra).length > 0;
  if (user !== undefined) return { user, groups, ...defined({ uid, extra: hasExtra ? extra : undefined }) };
  if (groups.length > 0 || uid !== undefined || hasExtra) {
    fields.wrong(message("kubeconfig.impersonatesNobody"));
  }
  return undefined;
}

function readExec(fields: Fields): ExecPlugin | undefined {
  const exec = fields.child("exec");
  if (exec === undefined) return undefined;
  const command = exec.text("command");
  const apiVersion = exec.text("apiVersion") ?? "";
  const mode = exec.text("interactiveMode");
  if (command === undefined) exec.wrong(message("kubeconfig.execNoCommand"));
  if (!/^client\.authentication\.k8s\.io\/v1(beta1)?$/.test(apiVersion)) {
    exec.wrong(message("kubeconfig.execVersion", { version: apiVersion }));
  } else if (mode === undefined && apiVersion.endsWith("/v1")) {
    exec.wrong(message("kubeconfig.execNoMode"));
  }
  if (mode === "Always") exec.wrong(message("kubeconfig.execAlwaysAsks"));
  else if (mode !== undefined && mode !== "Never" && mode !== "IfAvailable") {
    exec.wrong(message("kubeconfig.execMode", { mode }));
  }
  const env = exec.children("env").map((item) => {
    const name = item.text("name");
    if (name === undefined) item.wrong(message("kubeconfig.execEnvNoName"));
    const value = item.text("value") ?? "";
    if (item.fault !== undefined) exec.wrong(item.fault.why, item.fault);
    return { name: name ?? "", value };
  });
  return {
    apiVersion,
    command: command ?? "",
    args: exec.texts("args"),
    env,
    provideClusterInfo: exec.flag("provideClusterInfo"),
    ...defined({ installHint: exec.text("installHint") }),
  };
}

/** Reads a context; what kubectl would refuse is a fault of `fields`. */
export function readContext(fields: Fields, name: string): WrittenContext {
  const cluster = fields.text("cluster");
  if (cluster === undefined) fields.wrong(message("kubeconfig.namesNoCluster", { name }));
  const user = fields.text("user");
  return { cluster: cluster ?? "", user: user ?? "", ...defined({ namespace: fields.text("namespace") }) };
}

/** kubectl does not choose between them. */
function bothGiven(fields: Fields, field: string): void {
  fields.wrong(message("kubeconfig.bothGiven", { field }), fields.at(field));
}
