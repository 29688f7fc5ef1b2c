import { createHash } from "node:crypto";
import { access, constants } from "node:fs/promises";
import type { ContextEntry, FlowdeckError } from "../../common/contract/index.ts";
import type { ClusterEntry, ResolvedContext, UserEntry } from "./context.ts";
import { invalid, type KubeconfigDocument, type Written, type WrittenContext } from "./kubeconfig-file.ts";

export interface Resolution {
  id: string;
  name: string;
  file: string;
  written: Written<WrittenContext>;
  practice: boolean;
  /** What could be found of it, for showing; complete when there is no error. */
  cluster: ClusterEntry | undefined;
  user: UserEntry | undefined;
  error: FlowdeckError | undefined;
}

/** Stable across starts; tells two contexts of one name in two files apart. */
export function contextId(file: string, name: string): string {
  return createHash("sha256").update(`${file}\0${name}`).digest("hex").slice(0, 16);
}

/**
 * Joins each context of a file with its cluster and user. `others` are the files in which kubectl would look as well:
 * those of the same KUBECONFIG list.
 */
export async function resolveContexts(
  document: KubeconfigDocument,
  others: readonly KubeconfigDocument[],
  practice: boolean,
): Promise<Resolution[]> {
  const documents = [document, ...others];
  return await Promise.all(
    document.contexts.map(async (written): Promise<Resolution> => {
      const cluster = find(documents, "clusters", written.value.cluster);
      const user: Found<UserEntry> | undefined =
        written.value.user === ""
          ? { file: document.path, entry: { name: "", line: written.line, value: { name: "" } } }
          : find(documents, "users", written.value.user);
      return {
        id: contextId(document.path, written.name),
        name: written.name,
        file: document.path,
        written,
        practice,
        cluster: cluster?.entry.value,
        user: user?.entry.value,
        error: await faultOf(document.path, written, cluster, user),
      };
    }),
  );
}

export function toContext(resolution: Resolution): ResolvedContext {
  const { id, name, file, practice, cluster, user, error, written } = resolution;
  if (error !== undefined) throw error;
  if (cluster === undefined || user === undefined) throw invalid(file, written.line, `context "${name}" is incomplete`);
  const { namespace } = written.value;
  return { id, name, file, practice, cluster, user, ...(namespace === undefined ? {} : { namespace }) };
}

export function authOf(user: UserEntry | undefined): ContextEntry["auth"] {
  if (user === undefined) return "none";
  if (user.token !== undefined || user.tokenFile !== undefined) return "token";
  if (user.exec !== undefined) return "exec";
  if (user.authProvider !== undefined) return "provider";
  if (user.certFile !== undefined || user.certData !== undefined) return "certificate";
  return user.username === undefined ? "none" : "basic";
}

interface Found<T> {
  file: string;
  entry: Written<T>;
}

function find<K extends "clusters" | "users">(
  documents: readonly KubeconfigDocument[],
  section: K,
  name: string,
): Found<KubeconfigDocument[K][number]["value"]> | undefined {
  for (const document of documents) {
    const entry = document[section].find((candidate) => candidate.name === name);
    if (entry !== undefined) return { file: document.path, entry };
  }
  return undefined;
}

async function faultOf(
  file: string,
  context: Written<WrittenContext>,
  cluster: Found<ClusterEntry> | undefined,
  user: Found<UserEntry> | undefined,
): Promise<FlowdeckError | undefined> {
  const { name, line, value, fault } = context;
  if (fault !== undefined) return invalid(file, line, fault);
  if (cluster === undefined) {
    return invalid(file, line, `context "${name}" names the cluster "${value.cluster}", which is not there`);
  }
  if (user === undefined) {
    return invalid(file, line, `context "${name}" names the user "${value.user}", which is not there`);
  }
  for (const found of [cluster, user]) {
    if (found.entry.fault !== undefined) return invalid(found.file, found.entry.line, found.entry.fault);
  }
  const { caFile, caData } = cluster.entry.value;
  const { certFile, certData, keyFile, keyData, tokenFile } = user.entry.value;
  return (
    (await unreadable(cluster, "certificate-authority", caData === undefined ? caFile : undefined)) ??
    (await unreadable(user, "client-certificate", certData === undefined ? certFile : undefined)) ??
    (await unreadable(user, "client-key", keyData === undefined ? keyFile : undefined)) ??
    (await unreadable(user, "tokenFile", tokenFile))
  );
}

async function unreadable(
  found: Found<unknown>,
  field: string,
  file: string | undefined,
): Promise<FlowdeckError | undefined> {
  if (file === undefined) return undefined;
  try {
    await access(file, constants.R_OK);
    return undefined;
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    const why = missing ? "does not exist" : "cannot be read";
    return invalid(found.file, found.entry.line, `${field} of "${found.entry.name}" ${why}: ${file}`);
  }
}
