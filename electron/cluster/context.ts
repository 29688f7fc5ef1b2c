import type { ContextId } from "../../common/contract/index.ts";

/** A kubeconfig's exec section: https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins */
export interface ExecPlugin {
  apiVersion: string;
  command: string;
  args: readonly string[];
  env: readonly { name: string; value: string }[];
  installHint?: string;
  provideClusterInfo: boolean;
}

export interface ClusterEntry {
  name: string;
  server: string;
  /** Absolute path. */
  caFile?: string;
  /** Base64 of PEM. */
  caData?: string;
  insecure: boolean;
  serverName?: string;
  proxyUrl?: string;
  disableCompression?: boolean;
  /** What credential programs are told about the cluster, beside its address. */
  execConfig?: unknown;
}

export interface UserEntry {
  name: string;
  certFile?: string;
  certData?: string;
  keyFile?: string;
  keyData?: string;
  token?: string;
  tokenFile?: string;
  username?: string;
  password?: string;
  exec?: ExecPlugin;
  authProvider?: { name: string; config: Record<string, string> };
  impersonate?: {
    user: string;
    groups: readonly string[];
    uid?: string;
    extra?: Readonly<Record<string, readonly string[]>>;
  };
}

/** Everything needed to talk to one context's API server. Holds credentials: it never leaves this room. */
export interface ResolvedContext {
  id: ContextId;
  name: string;
  /** The kubeconfig it is written in. */
  file: string;
  namespace?: string;
  practice: boolean;
  cluster: ClusterEntry;
  user: UserEntry;
}
