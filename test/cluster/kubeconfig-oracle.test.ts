import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { FlowdeckError } from "../../common/contract/index.ts";
import { textOf } from "../../common/words/index.ts";
import { type KubeconfigDocument, parseKubeconfig, type Why } from "../../electron/cluster/kubeconfig-file.ts";
import { readKubeconfig } from "../../electron/cluster/kubeconfig-read.ts";
import { createTools } from "../../electron/tools/index.ts";
import { inputs } from "./kubeconfig-oracle.inputs.ts";
import { Kubectl } from "./kubectl.ts";
import { whyNoCluster } from "./support.ts";

const folder = await mkdtemp(join(tmpdir(), "kubeconfigs-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Entry {
  name: string;
  [key: string]: unknown;
}

/** What both sides say of a file, in one shape; undefined where it is refused. */
interface Said {
  current: string;
  clusters: unknown[];
  users: unknown[];
  contexts: unknown[];
}

async function kubectlSays(file: string): Promise<Said | undefined> {
  const kubectl = new Kubectl(createTools(), () => file);
  const { code, stdout } = await kubectl.run(["config", "view", "--raw", "-o", "json"]);
  if (code !== 0) return undefined;
  const view = JSON.parse(stdout) as Record<"clusters" | "users" | "contexts", Entry[] | null> &
    Record<string, unknown>;
  const byName = (entries: Entry[] | null, key: string, fields: string[]) =>
    sorted((entries ?? []).map((entry) => [entry.name, pick(entry[key], fields)]));
  return {
    current: String(view["current-context"]),
    clusters: byName(view.clusters, "cluster", clusterFields),
    users: byName(view.users, "user", userFields),
    contexts: byName(view.contexts, "context", ["cluster", "user", "namespace"]),
  };
}

const clusterFields = [
  ...["insecure-skip-tls-verify", "certificate-authority-data", "tls-server-name", "proxy-url", "disable-compression"],
];
const userFields = ["token", "username", "as", "as-uid", "as-groups", "as-user-extra", "exec", "auth-provider"];

async function weSay(file: string): Promise<Said | undefined> {
  let document: KubeconfigDocument;
  try {
    document = parseKubeconfig(file, (await readKubeconfig(file)).text);
  } catch (error) {
    if (error instanceof FlowdeckError) return undefined;
    throw error;
  }
  const { clusters, users, contexts } = document;
  if (document.fault !== undefined || [...clusters, ...users, ...contexts].some(({ fault }) => typeFault(fault))) {
    return undefined;
  }
  return {
    current: document.currentContext ?? "",
    clusters: sorted(
      clusters.map(({ name, value }) => [
        name,
        pick(
          {
            "insecure-skip-tls-verify": value.insecure || undefined,
            "certificate-authority-data": value.caData,
            "tls-server-name": value.serverName,
            "proxy-url": value.proxyUrl,
            "disable-compression": value.disableCompression,
          },
          clusterFields,
        ),
      ]),
    ),
    users: sorted(
      users.map(({ name, value: { impersonate, exec, authProvider, ...value } }) => [
        name,
        pick(
          {
            ...value,
            as: impersonate?.user,
            "as-uid": impersonate?.uid,
            "as-groups": impersonate?.groups,
            "as-user-extra": impersonate?.extra,
            exec,
            "auth-provider": authProvider,
          },
          userFields,
        ),
      ]),
    ),
    contexts: sorted(contexts.map(({ name, value }) => [name, pick(value, ["cluster", "user", "namespace"])])),
  };
}

/** What kubectl finds only when it connects is no fault of reading. */
function typeFault(fault: Why | undefined): boolean {
  if (fault === undefined || typeof fault === "string") return fault !== undefined;
  return !/only one is allowed|has no server|is not base64 of a PEM file/.test(textOf(fault, "en"));
}

/** Nothing, an empty text and an empty list are one to both. */
function pick(from: unknown, fields: readonly string[]): unknown {
  const record = (typeof from === "object" && from !== null ? from : {}) as Record<string, unknown>;
  const kept = fields.filter((field) => !isNothing(record[field]));
  return Object.fromEntries(kept.map((field) => [field, field === "exec" ? programOf(record[field]) : record[field]]));
}

function programOf(exec: unknown): unknown {
  return pick(exec, ["apiVersion", "command", "args", "env", "provideClusterInfo"]);
}

function isNothing(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === "" ||
    value === false ||
    (Array.isArray(value) && value.length === 0)
  );
}

function sorted(entries: [name: string, value: unknown][]): unknown[] {
  return entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
}

const why = await whyNoCluster(createTools());

describe.skipIf(why !== undefined)(
  `a kubeconfig means what it means to kubectl${why === undefined ? "" : ` (${why})`}`,
  { concurrent: true },
  () => {
    it.each(Object.entries(inputs))("%s", async (name, content) => {
      const file = join(folder, name.replaceAll(/\W/g, "-"));
      await writeFile(file, content);
      expect(await weSay(file)).toEqual(await kubectlSays(file));
    });
  },
);
