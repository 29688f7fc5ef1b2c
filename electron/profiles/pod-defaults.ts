import { FlowdeckError, type PodDefault, type PodDefaultGives } from "../../common/contract/index.ts";
import { at, fields, list, text, textMap } from "../../common/json/index.ts";
import { message } from "../../common/words/index.ts";
import { type ClusterClient, isServed, type KubeObject } from "../cluster/index.ts";
import { type Fault, refuse } from "./checked.ts";

/** https://github.com/kubeflow/kubeflow/tree/master/components/admission-webhook */
export const podDefaultKind = { apiVersion: "kubeflow.org/v1alpha1", kind: "PodDefault" } as const;

export interface NewPodDefault {
  namespace: string;
  name: string;
  description: string;
  gives: PodDefaultGives;
}

/** What a PodDefault does, as far as it is shown. Pure. */
export function seePodDefault(object: KubeObject): PodDefault {
  const spec = at(object, "spec");
  const named = (field: string) => list(at(spec, field)).flatMap((one) => text(at(one, "name")) ?? []);
  const shown = new Set(["selector", "desc", "env", "envFrom", "volumes", "volumeMounts"]);
  return {
    name: object.metadata.name,
    description: text(at(spec, "desc")) ?? "",
    labels: textMap(at(spec, "selector", "matchLabels")),
    variables: [
      ...named("env"),
      ...list(at(spec, "envFrom")).flatMap(
        (one) => text(at(one, "secretRef", "name")) ?? text(at(one, "configMapRef", "name")) ?? [],
      ),
    ],
    paths: list(at(spec, "volumeMounts")).flatMap((one) => text(at(one, "mountPath")) ?? []),
    others: Object.keys(fields(spec)).filter((field) => !shown.has(field)),
  };
}

/** Creates a PodDefault that pods ask for by a label of its own name. Throws what is wrong with it. */
export async function createPodDefault(
  client: Pick<ClusterClient, "create" | "get" | "resourceFor">,
  asked: NewPodDefault,
  signal?: AbortSignal,
): Promise<void> {
  refuse(faultOf(asked));
  if (!(await isServed(client, podDefaultKind.apiVersion, podDefaultKind.kind, signal)))
    throw new FlowdeckError("kind-unknown", message("podDefault.notServed"));
  const { namespace, gives } = asked;
  if (gives.what === "secret") {
    const secret = { apiVersion: "v1", kind: "Secret", namespace, name: gives.secret };
    // Who may not read Secrets is not kept from using one.
    const there = await client.get(secret, signal).catch(() => secret);
    if (there === undefined)
      throw new FlowdeckError("not-found", message("podDefault.noSecret", { secret: gives.secret, namespace }), {
        advice: message("podDefault.noSecretWay"),
      });
  }
  await client.create(podDefaultFor(asked), signal ? { signal } : {});
}

/** Deletes a PodDefault. Pods that have it stay as they are. Throws `not-found` where there is none. */
export async function deletePodDefault(
  client: Pick<ClusterClient, "delete">,
  { namespace, name }: { namespace: string; name: string },
  signal?: AbortSignal,
): Promise<void> {
  const wasThere = await client.delete({ ...podDefaultKind, namespace, name }, signal ? { signal } : {});
  if (!wasThere) throw new FlowdeckError("not-found", message("podDefault.missing", { name, namespace }));
}

/** The object of a PodDefault. Pure; what it is made of has been checked. */
export function podDefaultFor({ namespace, name, description, gives }: NewPodDefault): KubeObject {
  return {
    ...podDefaultKind,
    metadata: { name, namespace },
    spec: { selector: { matchLabels: { [name]: "true" } }, desc: description.trim() || name, ...given(name, gives) },
  };
}

function given(name: string, gives: PodDefaultGives): Record<string, unknown> {
  switch (gives.what) {
    case "variables":
      return { env: variablesIn(gives.lines).map(([variable, value]) => ({ name: variable, value })) };
    case "secret":
      return {
        volumes: [{ name, secret: { secretName: gives.secret } }],
        volumeMounts: [{ name, mountPath: gives.path, readOnly: true }],
      };
    case "pipelines":
      return pipelinesToken;
  }
}

/** https://www.kubeflow.org/docs/components/pipelines/user-guides/core-functions/connect-api/ */
const pipelinesToken = {
  env: [{ name: "KF_PIPELINES_SA_TOKEN_PATH", value: "/var/run/secrets/kubeflow/pipelines/token" }],
  volumes: [
    {
      name: "volume-kf-pipeline-token",
      projected: {
        sources: [
          { serviceAccountToken: { path: "token", expirationSeconds: 7200, audience: "pipelines.kubeflow.org" } },
        ],
      },
    },
  ],
  volumeMounts: [
    { name: "volume-kf-pipeline-token", mountPath: "/var/run/secrets/kubeflow/pipelines", readOnly: true },
  ],
};

/** The first thing that is wrong with what was entered. */
function faultOf({ name, gives }: NewPodDefault): Fault | undefined {
  // It is also a label's name and a volume's.
  if (name.length > 63 || !/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name))
    return { said: message("podDefault.name", { name }), advice: message("podDefault.nameWay") };
  if (gives.what === "variables") {
    const lines = writtenLines(gives.lines);
    if (lines.length === 0) return { said: message("podDefault.noVariables") };
    const wrong = lines.find(({ text: line }) => !/^[A-Za-z_][A-Za-z0-9_]*=/.test(line));
    return wrong === undefined ? undefined : { said: message("podDefault.variable", { line: wrong.number }) };
  }
  if (gives.what === "secret") {
    if (!/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(gives.secret))
      return { said: message("podDefault.secretName", { secret: gives.secret }) };
    if (!gives.path.startsWith("/") || gives.path.split("/").includes(".."))
      return { said: message("podDefault.path", { path: gives.path }) };
  }
  return undefined;
}

function writtenLines(lines: string): { number: number; text: string }[] {
  return lines
    .split(/\r?\n/)
    .map((line, at) => ({ number: at + 1, text: line.trim() }))
    .filter(({ text: line }) => line !== "" && !line.startsWith("#"));
}

function variablesIn(lines: string): [string, string][] {
  return writtenLines(lines).map(({ text: line }) => [
    line.slice(0, line.indexOf("=")),
    line.slice(line.indexOf("=") + 1),
  ]);
}
