import { type CheckRow, type ChecksView, contextId, FlowdeckError } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import { useChecks } from "../../renderer/state/checks.ts";
import { useCluster } from "../../renderer/state/cluster.ts";
import { useRoute } from "../../renderer/state/route.ts";
import { place, type Story } from "./story.tsx";

const context = contextId.parse("checks");
const route = { place: "install", step: "checks" } as const;

const row = (id: CheckRow["id"], name: CheckRow["name"], more: Partial<CheckRow>): CheckRow => ({
  ...{ id, name, level: "must", state: "passed", evidence: [], objects: [], startedMs: 0, tookMs: 300 },
  ...more,
});

const good = [
  row("kubernetes", message("checks.kubernetes"), {
    finding: message("checks.kubernetesOk", { version: "v1.36.1", minimum: "1.34" }),
  }),
  row("permissions", message("checks.permissions"), { finding: message("checks.permissionsAll") }),
  row("dns", message("checks.dns"), { finding: message("checks.dnsOk", { name: "coredns", count: 2 }) }),
];
const bad = [
  row("storage", message("checks.storage"), {
    ...{ state: "failed", tookMs: 2_300, finding: message("checks.storageNone") },
    evidence: [message("checks.storageWaits", { count: 5, gib: 65 })],
    fix: {
      ...{ title: message("checks.makeDefault", { name: "standard" }), run: true },
      about: [message("checks.makeDefaultAbout", { name: "standard", provisioner: "example.com/disk" })],
      lines: ["kubectl annotate storageclass standard storageclass.kubernetes.io/is-default-class=true --overwrite"],
    },
  }),
  row("admission", message("checks.admission"), {
    ...{
      state: "failed",
      finding: message("checks.admissionRefused", { names: "DaemonSet kube-system/istio-cni-node" }),
    },
    ...{
      evidence: [message("checks.admissionWay")],
      detail: 'violates PodSecurity "baseline:latest": hostPath volumes',
    },
  }),
  row("inotify", message("checks.inotify"), {
    ...{ level: "should", state: "failed", tookMs: 40 },
    finding: message("checks.inotifyLow", { name: "fs.inotify.max_user_instances", value: "128", needed: "2280" }),
    evidence: [message("checks.inotifyShows")],
    fix: {
      ...{ title: message("checks.inotifyRaise"), about: [message("checks.inotifyAbout")], run: false },
      lines: ["sudo sysctl fs.inotify.max_user_instances=2280"],
    },
  }),
  row("images", message("checks.images"), { level: "should", state: "running" }),
  row("room", message("checks.room"), { state: "waiting" }),
];

function story(id: string, view: Omit<ChecksView, "context">): Story {
  return {
    id,
    given: () => {
      useRoute.setState({ route });
      useCluster.setState({ state: "connected", chosen: context });
      useChecks.setState({ view: { ...view, context }, error: undefined, requestKey: undefined });
    },
    draw: () => place(route),
  };
}

/** The wizard's checks: on their way, with findings, all passed, without a plan. */
export const checks: readonly Story[] = [
  story("checks, running", { state: "running", rows: [...bad, ...good] }),
  story("checks, all passed", { state: "done", rows: good }),
  story("checks, without a plan", {
    ...{ state: "failed", rows: good },
    problem: new FlowdeckError("tool-missing", message("registry.toolFailed")).toJSON(),
  }),
  story("checks, cancelled", { state: "cancelled", rows: good.slice(0, 1) }),
];
