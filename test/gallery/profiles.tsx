import {
  type CallOutput,
  contextId,
  FlowdeckError,
  type Profile,
  type ProfileList,
  toAppError,
} from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import { provideClient } from "../../renderer/state/client.ts";
import { useCluster } from "../../renderer/state/cluster.ts";
import { type Route, useRoute } from "../../renderer/state/route.ts";
import { saying } from "./double.ts";
import { place, type Story } from "./story.tsx";

const gpu = "requests.nvidia.com/gpu";
const since = "2026-01-02T11:00:00Z";
const owner = { kind: "User", name: "user@example.com" };

function profile(name: string, more: Partial<Profile> = {}): Profile {
  const part = (id: Profile["parts"][number]["id"], ...names: string[]) => ({ id, names, since, present: true });
  return {
    ...{ name, uid: name, createdAt: since, owner, notebooks: 3, state: "ready" },
    members: [
      { user: owner.name, kind: "User", role: "admin", binding: "namespaceAdmin", admitted: true },
      { user: "admin@example.com", kind: "User", role: "edit", binding: "a", admitted: true },
      {
        ...{ user: "default-editor", kind: "ServiceAccount", namespace: "recsys", role: "view" },
        binding: "b",
        admitted: false,
      },
    ],
    hard: { cpu: "8", memory: "32Gi", [gpu]: "1", "requests.storage": "100Gi", pods: "60" },
    used: { cpu: "6200m", memory: "12Gi", [gpu]: "0", "requests.storage": "64Gi", pods: "9" },
    parts: [
      part("namespace", name),
      part("admin", "namespaceAdmin"),
      part("istio", "ns-owner-access-istio"),
      part("accounts", "default-editor", "default-viewer"),
      { ...part("quota", "kf-resource-quota"), present: more.state !== "creating" },
    ],
    ...more,
  };
}

const profiles = [
  profile("kubeflow-user-example-com"),
  profile("vision-lab", {
    ...{ state: "near", near: { resource: "memory", percent: 96 } },
    used: { cpu: "6200m", memory: "30.8Gi", [gpu]: "1", "requests.storage": "64Gi", pods: "9" },
  }),
  profile("tabular-demo", { state: "creating", notebooks: 0, hard: {}, used: {} }),
  profile("old-demo", {
    state: "blocked",
    cause: message("profile.deletionBlocked", { why: "Some resources are remaining" }),
    blockedBy: "notebooks.kubeflow.org",
  }),
  profile("other", { state: "failed", cause: message("profile.namespaceOfOther", { owner: "eve@example.com" }) }),
];

const details: CallOutput<"profiles.details"> = {
  user: "admin@example.com",
  podDefaults: [
    {
      ...{ name: "access-ml-pipeline", description: "Allow access to Kubeflow Pipelines" },
      labels: { "access-ml-pipeline": "true" },
      ...{ variables: ["KF_PIPELINES_SA_TOKEN_PATH"], paths: ["/var/run/secrets/kubeflow/pipelines"], others: [] },
    },
  ],
  accounts: [
    {
      account: "default-editor",
      secrets: [
        { name: "regcred", state: "present", registries: ["registry.example.com"] },
        { name: "harbor", state: "absent", registries: [] },
      ],
    },
    { account: "default-viewer", secrets: [] },
  ],
  unread: [],
};

function story(id: string, list: Partial<ProfileList>, open?: string): Story {
  const route: Route = open === undefined ? { place: "profiles" } : { place: "profiles", profile: open };
  const context = contextId.parse("staging");
  return {
    id: `profiles, ${id}`,
    given: () => {
      const nothing: ProfileList = { state: "live", profiles: [], allocatable: { cpu: "31.6" }, unread: [] };
      provideClient(
        saying({ streams: { "profiles.watch": { ...nothing, ...list } }, answers: { "profiles.details": details } }),
      );
      useCluster.setState({ list: { files: [], contexts: [] }, chosen: context, state: "connected" });
      useRoute.setState({ route });
    },
    draw: () => place(route),
  };
}

/** The place Profiles in its states. */
export const profileStories: readonly Story[] = [
  story("listed", { profiles }),
  story("one open", { profiles }, "vision-lab"),
  story("one blocked", { profiles, state: "reconnecting" }, "old-demo"),
  story("only one's own", { profiles: profiles.slice(0, 2), limited: true, unread: [] }, "vision-lab"),
  story("none", {}),
  story("absent", { state: "absent" }),
  story("failed", {
    state: "failed",
    problem: toAppError(
      new FlowdeckError(
        "forbidden",
        message("server.forbidden", { what: message("request.list", { kind: "profiles" }) }),
      ),
    ),
  }),
];
