import { describe, expect, it } from "vitest";
import type { Profile } from "../../../common/contract/index.ts";
import { textOf } from "../../../common/words/index.ts";
import { allocatableOf, buildProfiles } from "../../../electron/profiles/build-profiles.ts";
import type { Snapshot } from "../../../electron/profiles/snapshot.ts";
import { binding, finished, object, owner, profile } from "./objects.ts";

const soon = Date.parse("2026-03-01T00:00:05Z");
const late = Date.parse("2026-03-01T00:05:03Z");

function only(snapshot: Snapshot, now = late): Profile {
  const [one] = buildProfiles(snapshot, now);
  if (one === undefined) throw new Error("There is no profile.");
  return one;
}

const said = ({ cause }: Profile) => (cause === undefined ? undefined : textOf(cause, "en"));

describe("a profile", () => {
  it("is ready when all that its controller makes is there", () => {
    const hard = { cpu: "4", memory: "16Gi" };
    const built = only(finished("vision", hard, { cpu: "1200m", memory: "3Gi" }));
    expect(built).toMatchObject({ state: "ready", owner: { name: owner }, hard, notebooks: 1 });
    expect(built.parts.map(({ id, present }) => [id, present])).toEqual(
      ["namespace", "admin", "istio", "accounts", "quota"].map((id) => [id, true]),
    );
    expect(built.members).toEqual([
      { user: owner, kind: "User", role: "admin", binding: "namespaceAdmin", admitted: true },
    ]);
  });

  it("lists whom kfam lists, by role, and says whom Istio turns away", () => {
    const base = finished();
    const view = "user-ann-example-com-clusterrole-view";
    const bindings = [
      binding("vision", view, "ann@example.com", "view"),
      binding("vision", "user-bob-example-com-clusterrole-edit", "bob@example.com", "edit"),
      object(
        "RoleBinding",
        "default-editor",
        { roleRef: { name: "kubeflow-edit" }, subjects: [{ name: "x" }] },
        "vision",
      ),
      ...(base.bindings ?? []),
    ];
    const policies = [...(base.policies ?? []), object("AuthorizationPolicy", view, {}, "vision")];
    const { members } = only({ ...base, bindings: bindings.filter(({ metadata }) => metadata.annotations), policies });
    expect(members.map(({ user, role, admitted }) => [user, role, admitted])).toEqual([
      [owner, "admin", true],
      ["bob@example.com", "edit", false],
      ["ann@example.com", "view", true],
    ]);
  });

  it("is being created, then has something to say about it", () => {
    const snapshot: Snapshot = { ...finished(), namespaces: [], bindings: [], accounts: [], policies: [] };
    expect(only(snapshot, soon).state).toBe("creating");
    expect(only(snapshot).state).toBe("stuck");
    expect(said(only(snapshot))).toBe(
      "Nothing has been created for 300 s: the profile controller doesn't seem to be running.",
    );
    const half = only({ ...finished(), accounts: [] });
    expect([half.state, said(half)]).toEqual(["stuck", "Not created yet: default-editor and default-viewer."]);
  });

  it("whose namespace belongs to somebody else has failed, whatever its conditions say", () => {
    const namespaces = [object("Namespace", "vision", { metadata: { annotations: { owner: "eve@example.com" } } })];
    const built = only({ ...finished(), namespaces });
    expect([built.state, said(built)]).toEqual([
      "failed",
      "The namespace belongs to eve@example.com, not to the profile's owner, so Kubeflow leaves it alone.",
    ]);
    // The controller never takes such a condition away again.
    const status = { conditions: [{ type: "Failed", message: "Owning namespace failed to create" }] };
    expect(only({ ...finished(), profiles: [profile("vision", { status })] }).state).toBe("ready");
    const failed = only({ ...finished(), profiles: [profile("vision", { status })], accounts: [] });
    expect([failed.state, said(failed)]).toEqual(["failed", "Owning namespace failed to create"]);
  });

  it("says what keeps it from going", () => {
    const metadata = { deletionTimestamp: "2026-03-01T00:00:00Z", annotations: { owner } };
    const message = "Some resources are remaining: notebooks.kubeflow.org has 1 resource instances";
    const conditions = [{ type: "NamespaceContentRemaining", status: "True", message }];
    const namespaces = [object("Namespace", "vision", { metadata, status: { conditions } })];
    expect(only({ ...finished(), namespaces }, soon).state).toBe("deleting");
    const built = only({ ...finished(), namespaces });
    expect(built).toMatchObject({ state: "blocked", blockedBy: "notebooks.kubeflow.org" });
    expect(said(built)).toContain(message);
    const held = profile("vision", {
      metadata: { deletionTimestamp: "2026-03-01T00:00:00Z", finalizers: ["profile-finalizer"] },
    });
    expect(said(only({ ...finished(), profiles: [held], namespaces: [] }))).toContain("profile-finalizer");
  });

  it("warns from 90 % on, but not for GPUs", () => {
    const gpu = "requests.nvidia.com/gpu";
    const near = (hard: Record<string, string>, used: Record<string, string>) => only(finished("vision", hard, used));
    expect(near({ memory: "32Gi", cpu: "8" }, { memory: "30.8Gi", cpu: "7.3" })).toMatchObject({
      state: "near",
      near: { resource: "memory", percent: 96 },
    });
    expect(near({ [gpu]: "1", cpu: "8" }, { [gpu]: "1", cpu: "7.1" }).state).toBe("ready");
    expect(near({ pods: "0" }, { pods: "0" }).state).toBe("ready");
  });

  it("of Kubeflow 1.0 has a ServiceRole and its binding in the place of the policy", () => {
    const old = finished();
    const serviceBindings = [object("ServiceRoleBinding", "owner-binding-istio", {}, "vision")];
    const built = only({ ...old, policies: [], serviceBindings });
    expect(built.parts.find(({ id }) => id === "istio")?.names).toEqual(["ns-access-istio", "owner-binding-istio"]);
    expect([built.state, built.members[0]?.admitted]).toEqual(["ready", true]);
  });

  it("without Istio needs no policy", () => {
    const built = only({ ...finished(), policies: undefined });
    expect([built.state, built.members[0]?.admitted]).toEqual(["ready", true]);
    expect(built.parts.map(({ id }) => id)).toEqual(["namespace", "admin", "accounts"]);
  });
});

it("adds up what nodes have", () => {
  const node = (cpu: string) => object("Node", cpu, { status: { allocatable: { cpu, memory: "1Gi" } } });
  expect(allocatableOf([node("1500m"), node("2")])).toEqual({ cpu: "3.5", memory: `${2 ** 31}` });
});

it("stands for a deleted profile as long as its namespace is there", () => {
  const metadata = {
    deletionTimestamp: "2026-03-01T00:00:00Z",
    annotations: { owner },
    ownerReferences: [{ apiVersion: "kubeflow.org/v1", kind: "Profile", name: "gone", uid: "u" }],
  };
  const namespaces = [
    object("Namespace", "gone", { metadata }),
    object("Namespace", "other", { metadata: { deletionTimestamp: "x" } }),
  ];
  const built = buildProfiles({ ...finished(), profiles: [], namespaces }, soon);
  expect(built.map(({ name, state, owner: { name: who } }) => [name, state, who])).toEqual([
    ["gone", "deleting", owner],
  ]);
});
