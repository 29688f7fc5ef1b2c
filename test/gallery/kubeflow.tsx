import {
  type ClusterOverview,
  contextId,
  type DriftReport,
  FlowdeckError,
  type InstalledComponent,
  type InstalledView,
  toAppError,
} from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import { provideClient } from "../../renderer/state/client.ts";
import { useCluster } from "../../renderer/state/cluster.ts";
import { type Route, useRoute } from "../../renderer/state/route.ts";
import { saying } from "./double.ts";
import { place, type Story } from "./story.tsx";

const context = contextId.parse("staging");
const GiB = 2 ** 30;
const forbidden = toAppError(
  new FlowdeckError("forbidden", message("server.forbidden", { what: message("request.list", { kind: "pods" }) })),
);

function component(id: string, title: string, more: Partial<InstalledComponent> = {}): InstalledComponent {
  const pods = more.pods ?? ["running", "running"];
  return {
    ...{ id, title, group: "foundation", health: "ok", pods, podsTotal: pods.length, namespaces: ["kubeflow"] },
    podsReady: pods.filter((pod) => pod === "running").length,
    ...more,
  };
}

const link = (kind: string, name: string) => ({
  ...{ group: "apps", version: "v1", plural: `${kind.toLowerCase()}s`, kind, apiVersion: "apps/v1" },
  ...{ namespace: "kubeflow", name },
});

const well: InstalledView = {
  ...{ id: "one", origin: "here", name: "handson-kubeflow", kfDir: "/home/me/handson-kubeflow" },
  ...{ release: "26.03", title: "Kubeflow 26.03", state: "installed", installedAt: "2026-01-02T11:00:00Z" },
  ...{ objects: 675, health: "ok", since: Date.parse("2026-01-02T11:30:00Z") },
  components: [
    component("cert-manager", "cert-manager"),
    component("istio", "Istio"),
    component("pipelines", "Pipelines", { group: "pipelines", pods: Array(15).fill("running") }),
    component("katib", "Katib", { group: "training" }),
  ],
  attention: [],
  doors: [
    { id: "notebooks", path: "/jupyter/", ready: true },
    { id: "experiments", path: "/katib/", ready: true },
  ],
  address: { way: "forward", service: link("Service", "istio-ingressgateway") },
  signIn: { password: true, email: "user@example.com" },
  profiles: { total: 2, owners: ["user@example.com", "admin@example.com"] },
  storage: { claims: 3, bytes: 50 * GiB, classes: ["standard"] },
  gpus: {
    total: 2,
    notebooks: [{ namespace: "vision", name: "gpu-lab", count: 1, owner: "user@example.com" }],
  },
  looking: false,
};

const attention: InstalledView = {
  ...well,
  health: "bad",
  components: well.components.map((one) =>
    one.id === "katib" ? { ...one, health: "bad", pods: ["running", "bad"], podsReady: 1 } : one,
  ),
  attention: [
    {
      ...{ component: "katib", level: "bad", object: link("Deployment", "katib-mysql"), restarts: 9 },
      since: Date.parse("2026-01-02T11:34:00Z"),
      cause: { id: "claimAwaits", params: { volume: "katib-mysql" }, level: "bad", help: ["events"] },
    },
  ],
};

const overview: ClusterOverview = {
  kinds: [],
  nodes: {
    ...{ state: "live", count: 5 },
    capacity: { cpu: 32, memory: 128 * GiB },
    allocatable: { cpu: 31.6, memory: 121 * GiB },
  },
  requests: { state: "live", pods: 143, sum: { cpu: 21.4, memory: 84.6 * GiB } },
  usage: { state: "served", sum: { cpu: 9.8, memory: 61.2 * GiB } },
  warnings: { state: "live", total: 0, newest: [] },
};

const report: DriftReport = {
  ...{ checkedAt: "2026-01-02T12:00:00Z", compared: 675, unread: [] },
  objects: [
    {
      object: { apiVersion: "apps/v1", kind: "Deployment", namespace: "kubeflow", name: "ml-pipeline-ui" },
      ...{ component: "pipelines", what: "changed", more: 0, state: "s", kept: false, restorable: true },
      fields: [
        { path: "spec.replicas", applied: "1", live: "2", by: "kubectl-edit", at: "2026-01-01T12:00:00Z" },
        { path: "metadata.labels.team", added: true, live: '"red"', by: "kubectl-label", at: "2026-01-01T12:00:00Z" },
      ],
    },
  ],
};

interface Given {
  installations: readonly InstalledView[];
  report?: DriftReport;
  overview?: ClusterOverview;
}

function story(id: string, { installations, report: found, overview: now = overview }: Given): Story {
  const route: Route = { place: "kubeflow" };
  return {
    id: `kubeflow, ${id}`,
    given: () => {
      provideClient(
        saying({
          streams: { "installed.watch": { installations: [...installations] }, "overview.watch": now },
          answers: { "drift.find": found ?? { ...report, objects: [] } },
        }),
      );
      useCluster.setState({ list: { files: [], contexts: [] }, chosen: context, state: "connected" });
      useRoute.setState({ route });
    },
    draw: () => place(route),
  };
}

/** The place Kubeflow in its states. */
export const kubeflowStories: readonly Story[] = [
  story("well", { installations: [well] }),
  story("needs attention, with differences", { installations: [attention], report }),
  story("none", { installations: [] }),
  story("not readable", { installations: [{ ...well, health: "unknown", problem: forbidden }] }),
  story("several, without metrics", {
    installations: [
      { ...well, id: "two", origin: "elsewhere", name: "theirs", host: "lab-2", kfDir: "/home/lab/kf" },
      well,
    ],
    overview: { ...overview, usage: { state: "absent", sum: { cpu: 0, memory: 0 } } },
  }),
];
