import {
  type AppError,
  type ContextEntry,
  contextId,
  type Insight,
  type InstallStatus,
  type ObjectJson,
  type PlanSummary,
  type ResourceInfo,
  type TableRow,
  type TableView,
} from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import { DeleteDialog } from "../../renderer/features/actions/DeleteDialog.tsx";
import { NamespacePicker } from "../../renderer/features/browse/head/NamespacePicker.tsx";
import { useNamespacesOpen } from "../../renderer/features/browse/head/namespaces-open.ts";
import { useBrowse } from "../../renderer/state/browse.ts";
import { provideClient } from "../../renderer/state/client.ts";
import { useCluster } from "../../renderer/state/cluster.ts";
import { Approval } from "../../renderer/state/connected/Approval.tsx";
import { useInstall } from "../../renderer/state/install.ts";
import { usePlan } from "../../renderer/state/plan.ts";
import { type BrowsePlace, type Route, useRoute } from "../../renderer/state/route.ts";
import { ErrorBanner } from "../../renderer/ui/ErrorBanner.tsx";
import { saying } from "./double.ts";
import { place, type Story } from "./story.tsx";

const context = contextId.parse("staging");
const entry: ContextEntry = {
  ...{ id: context, name: "staging", file: "/home/me/.kube/config", cluster: "staging", user: "me" },
  ...{ server: "https://10.0.0.1:6443", current: false, practice: false, auth: "exec", options: { readOnly: false } },
};
const noon = Date.parse("2026-01-02T12:00:00Z");

const explained: AppError = {
  code: "cluster-unreachable",
  message: "Cannot reach the API server 10.0.0.1:6443 of context staging: nothing is listening there.",
  said: message("network.unreachable", { server: "10.0.0.1:6443", context: "staging" }),
  advice: [message("kubeconfig.nameFile")],
  detail: "connect ECONNREFUSED 10.0.0.1:6443",
  fix: { id: "open-clusters", title: "All clusters" },
};

function kind(name: string, plural: string, group = "", namespaced = true): ResourceInfo {
  return {
    ...{ group, version: "v1", plural, kind: name, namespaced, singular: name.toLowerCase() },
    ...{ verbs: ["get", "list", "watch", "delete", "patch"], shortNames: [], categories: ["all"], custom: false },
  };
}
const kinds = [
  kind("Ingress", "ingresses", "networking.k8s.io"),
  kind("Pod", "pods"),
  kind("Deployment", "deployments", "apps"),
  kind("Node", "nodes", "", false),
];

function row(name: string, health: TableRow["health"], status: string, restarts: number, deleting = false): TableRow {
  const cells = [name, health === "ok" ? "1/1" : "0/1", status, restarts, noon - restarts * 60_000];
  return { key: `team-a/${name}`, namespace: "team-a", name, cells, health, deleting };
}
const column = (name: string, as: TableView["columns"][number]["as"]) => ({
  ...{ name, as, type: "string", description: name, priority: 0, own: false },
});
const rows = [
  row("web-5d9f7c6b8-2xkqp", "ok", "Running", 0),
  row("web-5d9f7c6b8-9wz4m", "bad", "CrashLoopBackOff", 7),
  row("worker-0", "warn", "ContainerCreating", 0),
  row("migrate-28xq", "done", "Completed", 1),
  row("old-1", "warn", "Terminating", 2, true),
];
const table: TableView = {
  columns: [
    column("Name", "text"),
    column("Ready", "ready"),
    column("Status", "text"),
    column("Restarts", "number"),
    column("Age", "age"),
  ],
  ...{ state: "live", updatedAt: noon, total: 5, matched: 5, warn: 2, bad: 1, done: 1, offset: 0, rows },
};
const none = { total: 0, matched: 0, warn: 0, bad: 0, done: 0, rows: [] };

const pod = {
  ...{ context, group: "", version: "v1", plural: "pods", kind: "Pod", namespace: "team-a" },
  name: "web-5d9f7c6b8-9wz4m",
};
const deployment = { group: "apps", version: "v1", plural: "deployments", kind: "Deployment", namespace: "team-a" };
const object = {
  ...{ apiVersion: "v1", kind: "Pod" },
  metadata: {
    ...{ name: pod.name, namespace: "team-a", uid: "u", creationTimestamp: "2026-01-02T11:00:00Z" },
    ...{ labels: { app: "web", "pod-template-hash": "5d9f7c6b8" }, annotations: { "example.com/team": "a" } },
  },
  spec: {
    nodeName: "node-1",
    containers: [{ name: "app", image: "ghcr.io/example/web:1.2", resources: { requests: { cpu: "100m" } } }],
  },
  status: {
    phase: "Running",
    conditions: [{ type: "Ready", status: "False", reason: "ContainersNotReady", message: "not ready: app" }],
    containerStatuses: [
      {
        ...{ name: "app", ready: false, restartCount: 7, image: "ghcr.io/example/web:1.2" },
        state: { waiting: { reason: "CrashLoopBackOff", message: "back-off 5m0s restarting failed container" } },
        lastState: { terminated: { exitCode: 1, reason: "Error" } },
      },
    ],
  },
};

const well: Insight = { owners: [], health: "ok", status: "", causes: [], events: 0 };
const ingress = {
  ...{ apiVersion: "networking.k8s.io/v1", kind: "Ingress" },
  metadata: { name: "web", namespace: "team-a", uid: "i", creationTimestamp: "2026-01-02T11:00:00Z" },
  spec: {
    ingressClassName: "nginx",
    rules: ["shop.example.com", "api.example.com"].map((host) => ({
      host,
      http: {
        paths: ["/", "/static"].map((path) => ({
          path,
          backend: { service: { name: "web", port: { number: 80 } } },
        })),
      },
    })),
    defaultBackend: { service: { name: "fallback", port: { name: "http" } } },
    tls: [{ hosts: ["shop.example.com"], secretName: "shop-tls" }],
  },
  status: { loadBalancer: { ingress: [{ ip: "203.0.113.7" }] } },
};

/** A cluster that answers: its kinds are known, and lists and objects come over the streams. */
function connected(view: TableView, watched: ObjectJson = object): void {
  provideClient(
    saying({
      streams: {
        "table.open": view,
        "object.watch": { object: watched, deleted: false, anew: false, state: "live" },
        "object.insight":
          watched === ingress
            ? well
            : {
                ...{ owners: [{ ...deployment, name: "web" }], health: "bad", status: "CrashLoopBackOff", events: 2 },
                causes: [
                  {
                    id: "crash",
                    params: { container: "app", code: "1", times: "7" },
                    level: "bad",
                    help: ["previousLogs"],
                  },
                ],
              },
        "object.events": {
          more: 0,
          events: [
            {
              ...{ key: "e", warning: true, reason: "BackOff", count: 12, first: noon - 600_000, last: noon },
              ...{ message: "Back-off restarting failed container app", source: "kubelet" },
            },
          ],
        },
      },
    }),
  );
  useCluster.setState({ list: { files: [], contexts: [entry] }, chosen: context, state: "connected" });
  useBrowse.setState({ context, kinds, namespaces: { names: ["default", "team-a", "team-b"], allowed: true } });
}

const pods: BrowsePlace = { place: "browse", context, resource: "pods", namespaces: [] };

function browser(id: string, route: BrowsePlace, view: TableView): Story {
  return shown(id, route, () => connected(view));
}

function shown(id: string, route: Route, given: () => void): Story {
  return {
    id,
    given: () => {
      useRoute.setState({ route });
      given();
    },
    draw: () => place(route),
  };
}

const size = { cpu: 2.5, memoryBytes: 4 << 30, storageBytes: 20 * 2 ** 30, pods: 12 };
const summary: PlanSummary = {
  ...{ id: "p", release: "26.03", context, kfDir: "/home/me/kubeflow" },
  components: ["Istio", "Pipelines"].map((title) => ({
    ...{ id: title.toLowerCase(), title, objects: 40, customResourceDefinitions: 5, webhooks: 1, workloads: 4 },
    ...{ resources: size, kinds: { Deployment: 4, Service: 5 }, images: ["ghcr.io/example/app:1"] },
  })),
  waves: [
    { id: "a", title: message("wave.namespaces"), objects: 10 },
    { id: "b", title: message("wave.configuration"), objects: 60, gate: message("wave.configurationGate") },
    { id: "c", title: message("wave.workloads"), objects: 10, gate: message("wave.workloadsGate") },
  ],
  totals: { ...size, objects: 80, images: 2, customResourceDefinitions: 10 },
  images: ["ghcr.io/example/app:1", "ghcr.io/example/other:2"],
  changes: { create: 78, update: 1, foreign: [{ apiVersion: "v1", kind: "ConfigMap", name: "theirs" }] },
  ...{ warnings: [explained], conversions: [], adjustments: [], goneImages: [], imageChanges: [] },
  cloudFiles: [
    {
      ...{ path: "gcp_config/cluster-kubeflow.yaml", text: "resources: []\n", state: "new" },
      about: message("plugin.fileGkeCluster"),
      command:
        "gcloud deployment-manager deployments create kubeflow --config gcp_config/cluster-kubeflow.yaml --project course",
    },
  ],
  platform: {
    id: "aks",
    changes: [
      message("clusterPlatform.noIssuer", { name: "oauth2-proxy" }),
      message("clusterPlatform.enforcer", { count: 22, annotation: "admissions.enforcer/disabled" }),
    ],
  },
};

function status(state: InstallStatus["state"], more: Partial<InstallStatus> = {}): InstallStatus {
  return {
    ...{ kfDir: "/home/me/kubeflow", state, activity: "install", release: "26.03", title: "Kubeflow 26.03", context },
    ...{ step: "ready", fraction: 0.7, elapsedMs: 63_000, startedAt: "2026-01-02T12:00:00Z" },
    objects: { total: 80, done: 80 },
    podsTotal: 4,
    components: [
      {
        ...{ id: "istio", title: "Istio", state: "ready", objects: 40, applied: 40, workloads: 2, ready: 2 },
        ...{ startedMs: 1_000, endedMs: 30_000 },
      },
      {
        ...{ id: "pipelines", title: "Pipelines", state: state === "failed" ? "failed" : "starting" },
        ...{ objects: 40, applied: 40, workloads: 2, ready: 1, startedMs: 31_000 },
      },
    ],
    pods: (["running", "starting", "pending", "failing"] as const).map((podState) => ({
      ...{ namespace: "kubeflow", name: `pod-${podState}`, component: "pipelines", state: podState },
    })),
    ...{ waiting: [], problems: [{ ...explained, component: "pipelines" }], ...more },
  };
}

const removed = { ...status("removed"), activity: "uninstall" as const, fraction: 1, problems: [], pods: [] };
const facts = {
  ...{ missing: false, deleting: false, finalizers: ["example.com/wait"], labels: {}, annotations: {}, containers: [] },
};

/** Views with what they are for: rows, an object, a plan, an installation on its way, a question before a change. */
export const filled: readonly Story[] = [
  browser("list, with rows", pods, table),
  browser("list, narrowed to what is not well", { ...pods, faults: true, filter: "web" }, { ...table, matched: 2 }),
  browser("list, empty", pods, { ...table, ...none }),
  browser("list, nothing matches", { ...pods, filter: "xyz" }, { ...table, matched: 0, rows: [] }),
  browser("list, reconnecting", pods, { ...table, state: "reconnecting", problem: explained }),
  browser("list, of some namespaces only", pods, { ...table, limitedTo: ["team-a"] }),
  browser("object", { ...pods, object: { namespace: "team-a", name: pod.name } }, table),
  browser("object, its events", { ...pods, object: { namespace: "team-a", name: pod.name }, tab: "events" }, table),
  shown(
    "object, an ingress",
    { ...pods, resource: "ingresses.networking.k8s.io", object: { namespace: "team-a", name: "web" } },
    () => connected({ ...table, ...none }, ingress),
  ),
  {
    id: "namespaces",
    given: () => {
      connected(table);
      useRoute.setState({ route: { ...pods, namespaces: ["team-a"] } });
      useNamespacesOpen.setState({ open: true });
    },
    draw: () => <NamespacePicker />,
  },
  {
    id: "question before a change",
    given: () => {
      connected(table);
      provideClient(saying({ answers: { "actions.facts": { facts: [facts] } } }));
    },
    draw: () => <DeleteDialog targets={[pod]} now={false} />,
  },
  { id: "error with advice and a fix", draw: () => <ErrorBanner error={explained} /> },
  { id: "approval", draw: () => <Approval context={entry} command={["AWS_PROFILE=dev", "aws", "eks", "get-token"]} /> },
  shown("plan, made", { place: "install", step: "plan" }, () => {
    connected(table);
    usePlan.setState({ progress: { state: "done", fraction: 1, summary } });
  }),
  shown("plan, being made", { place: "install", step: "plan" }, () => {
    connected(table);
    usePlan.setState({ progress: { state: "running", step: "build", fraction: 0.4 } });
  }),
  shown("plan, failed", { place: "install", step: "plan" }, () => {
    connected(table);
    usePlan.setState({ progress: { state: "failed", fraction: 0.4, error: explained } });
  }),
  ...[status("running"), status("failed", { error: explained }), status("interrupted"), removed].map((now) =>
    shown(`installation, ${now.state}`, { place: "install", step: "install" }, () => {
      connected(table);
      useInstall.setState({ kfDir: now.kfDir, status: now });
    }),
  ),
  shown("installation, complete", { place: "install", step: "done" }, () => {
    connected(table);
    const complete = status("installed", { fraction: 1, problems: [] });
    useInstall.setState({ kfDir: complete.kfDir, status: complete });
  }),
];
