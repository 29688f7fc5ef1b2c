import type { ResolvedContext } from "./context.ts";
import { execEnvironment } from "./exec-environment.ts";
import { execExtension } from "./kubeconfig-entries.ts";

/**
 * A kubeconfig with one context only, for a program beside us; JSON, as that is YAML too. The context keeps its name, so
 * that commands that give it (`--context`) work with it, too.
 */
export function pinnedKubeconfig(context: ResolvedContext, execCommand?: readonly string[]): string {
  const { cluster, user } = context;
  const { exec } = user;
  const { name } = context;
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": name,
    contexts: [{ name, context: { cluster: "pinned", user: "pinned", namespace: context.namespace } }],
    clusters: [
      {
        name: "pinned",
        cluster: {
          server: cluster.server,
          "certificate-authority": cluster.caData === undefined ? cluster.caFile : undefined,
          "certificate-authority-data": cluster.caData,
          "insecure-skip-tls-verify": cluster.insecure ? true : undefined,
          "tls-server-name": cluster.serverName,
          "proxy-url": cluster.proxyUrl,
          "disable-compression": cluster.disableCompression,
          extensions:
            cluster.execConfig === undefined ? undefined : [{ name: execExtension, extension: cluster.execConfig }],
        },
      },
    ],
    users: [
      {
        name: "pinned",
        user: {
          "client-certificate": user.certData === undefined ? user.certFile : undefined,
          "client-certificate-data": user.certData,
          "client-key": user.keyData === undefined ? user.keyFile : undefined,
          "client-key-data": user.keyData,
          token: user.token,
          tokenFile: user.tokenFile,
          username: user.username,
          password: user.password,
          as: user.impersonate?.user,
          "as-groups": user.impersonate?.groups,
          "as-uid": user.impersonate?.uid,
          "as-user-extra": user.impersonate?.extra,
          "auth-provider": user.authProvider,
          exec:
            exec === undefined
              ? undefined
              : {
                  apiVersion: exec.apiVersion,
                  // The program that was approved, not whatever PATH would give the other program.
                  command: execCommand?.[0] ?? exec.command,
                  args: exec.args,
                  env: execEnvironment(exec),
                  interactiveMode: "Never",
                  provideClusterInfo: exec.provideClusterInfo,
                },
        },
      },
    ],
  });
}
