import type { InstalledComponent } from "../../common/contract/index.ts";
import { list, text } from "../../common/json/index.ts";
import { atContainer, atDeployment } from "../../common/kube/index.ts";
import type { KubeObject } from "../cluster/index.ts";
import type { KnownWorkload } from "./subject.ts";

type Known = Pick<InstalledComponent, "id" | "title"> & {
  group: NonNullable<InstalledComponent["group"]>;
  names: RegExp;
};

/** Where the projects of Kubeflow put their workloads, whoever installs them. */
export const usualNamespaces = [
  "kubeflow",
  "istio-system",
  "cert-manager",
  "auth",
  "oauth2-proxy",
  "knative-serving",
  "kserve",
] as const;

/** What workloads of Kubeflow's projects are called. The first that fits counts. */
const known: readonly Known[] = [
  { id: "cert-manager", title: "cert-manager", group: "foundation", names: /^cert-manager/ },
  { id: "istio", title: "Istio", group: "foundation", names: /^(istio|cluster-local-gateway)/ },
  { id: "dex", title: "Dex", group: "sign-in", names: /^dex$/ },
  { id: "oauth2-proxy", title: "oauth2-proxy", group: "sign-in", names: /^(oauth2-proxy|authservice)/ },
  { id: "central-dashboard", title: "Central dashboard", group: "core", names: /^(centraldashboard|dashboard$)/ },
  { id: "profiles", title: "Profiles", group: "core", names: /^profiles/ },
  { id: "notebooks", title: "Notebooks", group: "workspace", names: /^(jupyter|notebook)/ },
  {
    id: "admission-webhook",
    title: "PodDefaults webhook",
    group: "workspace",
    names: /^(admission-webhook|poddefaults)/,
  },
  {
    ...{ id: "pipelines", title: "Pipelines", group: "pipelines" },
    names: /^(ml-pipeline|cache-server|metadata-|minio|mysql$|seaweedfs|workflow-controller|kubeflow-pipelines)/,
  },
  { id: "katib", title: "Katib", group: "training", names: /^katib/ },
  { id: "trainer", title: "Trainer", group: "training", names: /^(kubeflow-trainer|jobset|training-operator)/ },
  { id: "tensorboard", title: "TensorBoard", group: "training", names: /^tensorboard/ },
  { id: "models-web-app", title: "Models", group: "serving", names: /^(kserve|kfserving)-models-web-app/ },
  { id: "kserve", title: "KServe", group: "serving", names: /^(kserve|kfserving|llmisvc)/ },
  {
    id: "knative-serving",
    title: "Knative Serving",
    group: "serving",
    names: /^(activator|autoscaler|controller|net-istio|webhook|domain)/,
  },
  { id: "volumes", title: "Volumes", group: "data", names: /^(volumes|pvcviewer)/ },
  { id: "spark", title: "Spark operator", group: "data", names: /^spark-operator/ },
  { id: "model-registry", title: "Model registry", group: "data", names: /^model-(registry|catalog)/ },
];

/** What is Kubeflow itself, and not only something that it stands on. */
const itself = new Set(["central-dashboard", "profiles", "notebooks", "pipelines", "katib", "trainer", "kserve"]);

export interface Found {
  components: Pick<InstalledComponent, "id" | "title" | "group">[];
  workloads: (KnownWorkload & { live: KubeObject })[];
  /** The version that the dashboard's or the pipelines' image has; absent where none is running. */
  version?: string;
}

/** The Kubeflow among the workloads of its usual namespaces; undefined where none is. Pure. */
export function findKubeflow(workloads: readonly KubeObject[]): Found | undefined {
  const found = workloads.flatMap((live) => {
    const { name, namespace } = live.metadata;
    const component = known.find(({ names }) => names.test(name));
    // Names as plain as "controller" say something in a namespace of that project only.
    if (component === undefined || (component.id === "knative-serving" && namespace !== "knative-serving")) return [];
    const ref = { apiVersion: live.apiVersion, kind: live.kind, name, ...(namespace ? { namespace } : {}) };
    return [{ component: component.id, ref, live }];
  });
  if (!found.some(({ component }) => itself.has(component))) return undefined;
  const there = new Set(found.map(({ component }) => component));
  const version = ["central-dashboard", "pipelines"]
    .flatMap((id) => found.filter(({ component }) => component === id))
    .map(({ live }) => versionOf(live))
    .find((tag) => tag !== undefined);
  return {
    components: known.filter(({ id }) => there.has(id)).map(({ id, title, group }) => ({ id, title, group })),
    workloads: found,
    ...(version ? { version } : {}),
  };
}

function versionOf(deployment: KubeObject): string | undefined {
  const [container] = list(atDeployment(deployment, "spec", "template", "spec", "containers"));
  return /:v?(\d+\.\d+[\w.-]*)(@|$)/.exec(text(atContainer(container, "image")) ?? "")?.[1];
}
