import { describe, expect, it } from "vitest";
import type { ResourceInfo } from "../../../../../common/contract/index.ts";
import { filterCustom, groupKinds } from "../../../../../renderer/features/browse/kinds/kind-groups.ts";
import { findResource, pluralKind, resourceKey } from "../../../../../renderer/state/resource-key.ts";
import { served } from "./served.ts";

const keys = (infos: readonly ResourceInfo[] | undefined) => infos?.map(resourceKey);

describe("kinds in groups", () => {
  const { groups, custom } = groupKinds(served);
  const group = (id: string) => groups.find((known) => known.id === id);

  it("puts what is looked at daily first, the rest behind", () => {
    expect(keys(group("workloads")?.main)).toEqual(["pods", "deployments.apps"]);
    expect(keys(group("workloads")?.more)).toEqual(["replicasets.apps"]);
    expect(keys(group("cluster")?.more)).toEqual(["leases.coordination.k8s.io"]);
  });

  it("lists every kind that can be listed exactly once", () => {
    const all = [...groups.flatMap(({ main, more }) => [...main, ...more]), ...custom.flatMap(({ kinds }) => kinds)];
    const listed = served.filter(({ verbs }) => verbs.includes("list")).map(resourceKey);
    expect(keys(all)?.toSorted()).toEqual(listed.filter((key) => key !== "events.events.k8s.io").toSorted());
  });

  it("leaves out what can't be listed", () => {
    expect(groups.flatMap(({ more }) => more).map(resourceKey)).not.toContain("tokenreviews.authentication.k8s.io");
  });

  it("gives Kubeflow's kinds a group of their own, other custom ones one for each API group", () => {
    expect(keys(group("kubeflow")?.main)).toEqual(["profiles.kubeflow.org", "inferenceservices.serving.kserve.io"]);
    expect(keys(group("kubeflow")?.more)).toEqual(["suggestions.kubeflow.org"]);
    expect(custom.map((known) => known.group)).toEqual(["cert-manager.io", "example.com"]);
  });

  it("filters custom kinds by any of their names, or by the group's", () => {
    expect(keys(filterCustom(custom, "issu").flatMap(({ kinds }) => kinds))).toEqual(["issuers.cert-manager.io"]);
    expect(keys(filterCustom(custom, "cert").flatMap(({ kinds }) => kinds))).toHaveLength(2);
    expect(filterCustom(custom, "wd").map((known) => known.group)).toEqual(["example.com"]);
    expect(filterCustom(custom, "nothing")).toEqual([]);
    expect(filterCustom(custom, " ")).toHaveLength(2);
  });
});

describe("a kind by name", () => {
  it.each([
    ["po", "pods"],
    ["Pods", "pods"],
    ["pod", "pods"],
    ["deploy", "deployments.apps"],
    ["deployments.apps", "deployments.apps"],
    ["Deployment", "deployments.apps"],
    ["cert", "certificates.cert-manager.io"],
    ["events", "events"],
    ["ev.events.k8s.io", "events.events.k8s.io"],
    ["widgets.example", "widgets.example.com"],
  ])("%s is %s", (name, key) => {
    const found = findResource(served, name);
    expect(found && resourceKey(found)).toBe(key);
  });

  it("is not found when nothing has it", () => {
    expect(findResource(served, "nothings")).toBeUndefined();
    expect(findResource(served, "")).toBeUndefined();
  });

  it("is written in the plural as the kind is written", () => {
    expect(pluralKind({ kind: "NetworkPolicy", plural: "networkpolicies" })).toBe("NetworkPolicies");
    expect(pluralKind({ kind: "VirtualService", plural: "virtualservices" })).toBe("VirtualServices");
    expect(pluralKind({ kind: "Ingress", plural: "ingresses" })).toBe("Ingresses");
    expect(pluralKind({ kind: "Endpoints", plural: "endpoints" })).toBe("Endpoints");
    expect(pluralKind({ kind: "Mouse", plural: "rats" })).toBe("Mouse");
  });
});
