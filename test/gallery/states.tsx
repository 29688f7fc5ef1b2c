import {
  type AppError,
  type ContextEntry,
  contextId,
  FlowdeckError,
  type InstallationEntry,
  type TerminalEnd,
  toAppError,
} from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import { Notices } from "../../renderer/features/actions/Notices.tsx";
import { type RunningAction, useRunningActions } from "../../renderer/features/actions/running-actions.ts";
import { EmptyLog } from "../../renderer/features/logs/EmptyLog.tsx";
import { Conditions } from "../../renderer/features/object/Conditions.tsx";
import { EndedBar } from "../../renderer/features/terminal/EndedBar.tsx";
import { LinkQuestion, PasteQuestion } from "../../renderer/features/terminal/Questions.tsx";
import { KeySheet } from "../../renderer/shell/KeySheet.tsx";
import { Palette } from "../../renderer/shell/Palette.tsx";
import { SignedOut } from "../../renderer/shell/SignedOut.tsx";
import { useApp } from "../../renderer/state/app.ts";
import { useCluster } from "../../renderer/state/cluster.ts";
import { useForwards } from "../../renderer/state/forwards.ts";
import { useInstall } from "../../renderer/state/install.ts";
import { useKeySheet } from "../../renderer/state/keys.ts";
import { usePalette } from "../../renderer/state/palette.ts";
import { type Route, stepIds, useRoute } from "../../renderer/state/route.ts";
import { checks } from "./checks.tsx";
import { filled } from "./filled.tsx";
import { kubeflowStories } from "./kubeflow.tsx";
import { platformStories } from "./platforms.tsx";
import { profileStories } from "./profiles.tsx";
import { place, type Story } from "./story.tsx";

const unreachable: AppError = toAppError(
  new FlowdeckError(
    "cluster-unreachable",
    message("network.unreachableBecause", {
      ...{ server: "https://10.0.0.1:6443", context: "staging", why: message("network.refused") },
    }),
    { detail: "dial tcp" },
  ),
);

function context(name: string, more: Partial<ContextEntry> = {}): ContextEntry {
  return {
    ...{
      id: contextId.parse(name),
      name,
      file: "/home/me/.kube/config",
      cluster: name,
      server: "https://10.0.0.1:6443",
      user: "me",
    },
    ...{ current: false, practice: false, auth: "token", options: { readOnly: false }, ...more },
  };
}

const noCluster = toAppError(
  new FlowdeckError("kubeconfig-invalid", message("kubeconfig.clusterMissing", { name: "broken", cluster: "broken" })),
);
const contexts = [
  context("production", { current: true, options: { readOnly: true, colour: "red" } }),
  context("staging", { options: { readOnly: false, colour: "green" }, namespace: "team-a" }),
  context("broken", { error: noCluster }),
];

const files = [{ path: "/home/me/.kube/config", origin: "default" as const }];

function installation(state: InstallationEntry["state"]): InstallationEntry {
  return {
    ...{ kfDir: `/home/me/${state}`, name: `kubeflow-${state}`, release: "26.03", title: "Kubeflow 26.03", state },
    ...{ activity: "install", contextName: "staging", updatedAt: "2026-01-02T03:04:05Z" },
    ...(state === "failed" ? { error: unreachable } : {}),
  };
}

const pods = ["web-1", "web-2"].map((name) => ({
  ...{
    context: contextId.parse("staging"),
    group: "",
    version: "v1",
    plural: "pods",
    kind: "Pod",
    namespace: "team-a",
    name,
  },
}));

function runningAction(state: RunningAction["state"], results: RunningAction["results"]): RunningAction {
  return { id: state + results.length, title: "Delete", state, targets: pods, results, stop: () => undefined };
}

function forward(id: string, state: "ready" | "waiting") {
  const target = { context: contextId.parse("staging"), group: "", version: "v1", plural: "services", kind: "Service" };
  return {
    ...{ id, state, contextName: "staging", port: 80, localPort: 8080, url: "http://127.0.0.1:8080", connections: 2 },
    ...{ target: { ...target, namespace: "team-a", name: id }, startedAt: 0, purpose: "user" as const },
    ...(state === "waiting" ? { problem: unreachable } : { pod: "web-1" }),
  };
}

const ends: readonly TerminalEnd[] = [
  { reason: "exited", code: 0 },
  { reason: "exited", code: 2 },
  { reason: "signalled", signal: "SIGKILL" },
  { reason: "pod-gone" },
  { reason: "disconnected" },
  { reason: "failed", error: unreachable },
];

function view(id: string, route: Route, given: () => void = () => undefined): Story {
  return {
    id,
    given: () => {
      useRoute.setState({ route });
      given();
    },
    draw: () => place(route),
  };
}

const browse: Route = {
  ...{ place: "browse", context: contextId.parse("staging"), resource: "pods", namespaces: [] },
};
const listed = () => useCluster.setState({ list: { files, contexts } });
const standing = (state: "none" | "connecting" | "failed" | "connected") => () => {
  listed();
  useCluster.setState({
    ...(state === "none" ? {} : { chosen: contextId.parse("staging") }),
    ...{ state, error: state === "failed" ? unreachable : undefined },
  });
};
const states = ["none", "connecting", "failed", "connected"] as const;

const view0 = {
  ...{ firstRow: 0, endRow: 0, offset: 0, rows: [], lines: 0, bytes: 0, dropped: 0, pending: 0, found: 0 },
  ...{ searchPending: 0, leftOut: 0, finished: false },
};
const source = {
  ...{
    id: 1,
    namespace: "team-a",
    pod: "web-1",
    container: "app",
    containerKind: "main" as const,
    lines: 0,
    dropped: 0,
  },
};
const logs = {
  sources: [],
  previous: false,
  ...{ onPresent: () => undefined, onNoFilter: () => undefined, onAll: () => undefined },
};

/** The main views in their states: what is being asked, what is not there, what went wrong, what is there. */
export const views: readonly Story[] = [
  view("home, nothing yet", { place: "home" }),
  view("home, with clusters", { place: "home" }, listed),
  view("home, with installations", { place: "home" }, () => {
    listed();
    const known = [
      "running",
      "interrupted",
      "cancelled",
      "failed",
      "installed",
      "removing",
      "removed",
      "planned",
    ] as const;
    useInstall.setState({ known: known.map(installation) });
  }),
  view("home, no backend", { place: "home" }, () => useApp.setState({ error: unreachable })),
  view("clusters, being read", { place: "clusters" }),
  view("clusters", { place: "clusters" }, listed),
  view("clusters, unreadable", { place: "clusters" }, () => useCluster.setState({ listError: unreachable })),
  view("forwards, none", { place: "forwards" }),
  view("forwards", { place: "forwards" }, () =>
    useForwards.setState({ list: [forward("web", "ready"), forward("api", "waiting")], error: unreachable }),
  ),
  ...states.map((state) => view(`overview, ${state}`, { place: "overview" }, standing(state))),
  ...states.map((state) => view(`lists, ${state}`, browse, standing(state))),
  ...states.map((state) => view(`access, ${state}`, { place: "access" }, standing(state))),
  ...stepIds.map((step) => view(`install, ${step}`, { place: "install", step }, listed)),
  ...[true, false].map((byLink) => ({
    ...{ id: byLink ? "signed out, link used" : "signed out", draw: () => <SignedOut byLink={byLink} /> },
  })),
  {
    id: "notices",
    given: () =>
      useRunningActions.setState({
        running: [
          runningAction("running", [{}]),
          runningAction("done", [{}, {}]),
          runningAction("done", [{ error: unreachable }, { finalizers: ["example.com/wait"] }].slice(0, 1)),
        ],
        said: [
          { id: "a", title: "It is done" },
          { id: "b", title: "StatefulSet web", error: unreachable },
        ],
      }),
    draw: () => <Notices />,
  },
  {
    id: "terminal, ended",
    draw: () =>
      ends.map((end) => (
        <EndedBar
          key={end.reason + (end.code ?? "")}
          session={{ id: "s", kind: "exec", title: "web-1", reads: true, tty: true, notices: [], end }}
          onAgain={() => undefined}
        />
      )),
  },
  {
    id: "terminal, questions",
    draw: () => (
      <>
        <PasteQuestion warning={{ text: "ls\nrm -r x\n", lines: 2, dropped: 1 }} onAnswer={() => undefined} />
        <LinkQuestion address="https://example.com/" onDone={() => undefined} />
      </>
    ),
  },
  {
    id: "logs, empty",
    draw: () => (
      <>
        <EmptyLog {...logs} view={view0} />
        <EmptyLog {...logs} view={{ ...view0, lines: 5 }} />
        <EmptyLog {...logs} view={{ ...view0, pending: 5 }} />
        <EmptyLog {...logs} view={view0} sources={[{ ...source, state: "waiting", reason: "ImagePullBackOff" }]} />
        <EmptyLog {...logs} view={view0} previous sources={[{ ...source, state: "failed", reason: "no container" }]} />
        <EmptyLog {...logs} view={{ ...view0, finished: true }} sources={[{ ...source, state: "ended" }]} />
        <EmptyLog {...logs} view={{ ...view0, problem: unreachable }} />
      </>
    ),
  },
  {
    id: "object, conditions",
    draw: () => (
      <Conditions
        object={{
          status: {
            conditions: [
              { type: "Ready", status: "False", reason: "NotReady", message: "containers are not ready" },
              { type: "Initialized", status: "True" },
              { type: "MemoryPressure", status: "Unknown" },
            ],
          },
        }}
      />
    ),
  },
  { id: "palette", given: () => usePalette.setState({ open: true }), draw: () => <Palette /> },
  { id: "keys", given: () => useKeySheet.setState({ open: "read" }), draw: () => <KeySheet /> },
  ...filled,
  ...checks,
  ...kubeflowStories,
  ...platformStories,
  ...profileStories,
];
