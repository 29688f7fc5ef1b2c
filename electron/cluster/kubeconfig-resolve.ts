import { createHash } from "node:crypto";
import type { ContextEntry, ContextId, FlowdeckError } from "../../common/contract/index.ts";
import { contextId, errorCode } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import { requireReadable, UnfitFile } from "./bounded-file.ts";
import type { ClusterEntry, ResolvedContext, UserEntry } from "./context.ts";
import type { WrittenContext } from "./kubeconfig-entries.ts";
import { invalid, type KubeconfigDocument, type Written } from "./kubeconfig-file.ts";

export interface Resolution {
  id: ContextId;
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
export function contextIdOf(file: string, name: string): ContextId {
  return contextId.parse(createHash("sha256").update(`${file}\0${name}`).digest("hex").slice(0, 16));
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
  return await Promise.all(
    document.contexts.map(async (written): Promise<Resolution> => {
      // The first of the list that has a name counts. A context that an earlier file hides is kubectl's only by its own file.
      const first = others.find(({ contexts }) => contexts.some(({ name }) => name === written.name));
      const documents = first === document ? others : [document, ...others];
      const cluster = find(documents, "clusters", written.value.cluster);
      const nobody = { file: document.path, entry: { name: "", line: written.line, value: { name: "" } } };
      // Over http kubectl shows no credentials, so it does not miss them either.
      const needsUser = written.value.user !== "" && cluster?.entry.value.server.startsWith("http:") !== true;
      const user = find(documents, "users", written.value.user) ?? (needsUser ? undefined : nobody);
      return {
        id: contextIdOf(document.path, written.name),
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
  if (cluster === undefined || user === undefined)
    throw invalid(file, written.line, message("kubeconfig.incomplete", { name }));
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
    return invalid(file, line, message("kubeconfig.clusterMissing", { name, cluster: value.cluster }));
  }
  if (user === undefined) {
    return invalid(file, line, message("kubeconfig.userMissing", { name, user: value.user }));
  }
  for (const found of [cluster, user]) {
    if (found.entry.fault !== undefined) return invalid(found.file, found.entry.line, found.entry.fault);
  }
  const { caFile, caData } = cluster.entry.value;
  const { certFile, certData, keyFile, keyData, token, tokenFile } = user.entry.value;
  const hasCertificate = certFile !== undefined || certData !== undefined;
  return (
    (await unreadable(cluster, "certificate-authority", caData === undefined ? caFile : undefined)) ??
    (await unreadable(user, "client-certificate", certData === undefined ? certFile : undefined)) ??
    (await unreadable(user, "client-key", hasCertificate && keyData === undefined ? keyFile : undefined)) ??
    (await unreadable(user, "tokenFile", token === undefined ? tokenFile : undefined))
  );
}

async function unreadable(
  found: Found<unknown>,
  field: string,
  file: string | undefined,
): Promise<FlowdeckError | undefined> {
  if (file === undefined) return undefined;
  try {
    await requireReadable(file);
    return undefined;
  } catch (error) {
    const missing = errorCode(error) === "ENOENT";
    const { name, line } = found.entry;
    if (error instanceof UnfitFile) {
      return invalid(found.file, line, message("kubeconfig.fileUnfit", { field, name, file, why: error.why }));
    }
    const id = missing ? "kubeconfig.fileMissing" : "kubeconfig.fileUnreadable";
    return invalid(found.file, line, message(id, { field, name, file }));
  }
}
