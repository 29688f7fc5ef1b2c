import { describe, expect, it } from "vitest";
import { contextId, type ObjectTarget } from "../../../../../common/contract/index.ts";
import { factsOf } from "../../../../../renderer/features/object/facts/index.ts";
import { resourceOf, routesOf } from "../../../../../renderer/features/object/facts/network.tsx";
import { i18n, startI18n } from "../../../../../renderer/i18n/index.ts";

const target = (group: string, kind: string): ObjectTarget => ({
  context: contextId.parse("c"),
  group,
  version: "v1",
  plural: "x",
  kind,
  namespace: "shop",
  name: "web",
});

describe("facts of an object", () => {
  it("takes a kind of another group that has a known kind's name by its fields", async () => {
    await startI18n("en");
    const object = { spec: { type: "ClusterIP", clusterIP: "10.0.0.1" }, status: { url: "http://x" } };
    const names = (group: string) =>
      factsOf({ target: target(group, "Service"), object, t: i18n.t }).map(({ name }) => name);
    expect(names("")).toEqual(["Type", "Cluster IP", "Ports", "Selector"]);
    expect(names("serving.knative.dev")).toEqual(["url", "type", "clusterIP"]);
  });

  it("leaves out what is not known of a pod", async () => {
    await startI18n("en");
    const facts = factsOf({
      target: target("", "Pod"),
      object: { spec: {}, status: { qosClass: "BestEffort" } },
      t: i18n.t,
    });
    expect(facts.map(({ name, value }) => [name, value])).toEqual([
      ["Node", "not scheduled yet"],
      ["QoS", "BestEffort"],
    ]);
  });

  it("has every host, and backends that are no Service", () => {
    const icons = { resource: { apiGroup: "k8s.example.com", kind: "StorageBucket", name: "icons" } };
    const spec = { rules: [{ host: "*.one.example.com" }, { http: { paths: [{ path: "/icons", backend: icons }] } }] };
    expect(routesOf({ spec })).toEqual([
      { host: "*.one.example.com", path: "", backend: undefined },
      { host: "*", path: "/icons", backend: icons },
    ]);
    expect(resourceOf(icons)).toBe("StorageBucket icons (k8s.example.com)");
  });
});
