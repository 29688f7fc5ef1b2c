import { describe, expect, it } from "vitest";
import {
  amountProblem,
  belowUse,
  bindingNameOf,
  limitOf,
  profileNameProblem,
  quotaColumns,
  quotaPresets,
  quotaResources,
  sameQuota,
  userProblem,
} from "../../../../common/kube/index.ts";

describe("names", () => {
  it("of bindings are those of kfam's own tests", () => {
    // https://github.com/kubeflow/dashboard/blob/main/components/access-management/kfam/bindings_test.go
    expect(bindingNameOf("lalith@kubeflow.org", "edit")).toBe("user-lalith-kubeflow-org-clusterrole-edit");
    expect(bindingNameOf("Ada.Lovelace+ml@Example.com", "view")).toBe(
      "user-ada-lovelace-ml-example-com-clusterrole-view",
    );
    expect(bindingNameOf("김@example.com", "view")).toBe("user-example-com-clusterrole-view");
  });

  it("of profiles are names of namespaces", () => {
    expect(["team-1", "a", "0", "x".repeat(63)].map(profileNameProblem)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(["", "Team", "a_b", "-a", "a-", "a.b", "팀", "a b"].map(profileNameProblem)).toEqual([
      "empty",
      ...Array(7).fill("characters"),
    ]);
    expect(profileNameProblem("x".repeat(64))).toBe("long");
  });

  it("of people are addresses, and no formula", () => {
    expect(["user@example.com", "a+b@x.kr", "user@localhost"].map(userProblem)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(
      ["user", "@x", "a@", "=cmd@x.com", "+a@x.com", "-a@x.com", "a b@x.com", "a@x.com,b@x.com"].map(userProblem),
    ).toEqual(Array(8).fill("address"));
    expect(userProblem("")).toBe("empty");
  });
});

describe("quotas", () => {
  it("are amounts that Kubernetes takes", () => {
    expect(["4", "500m", "0", "1.5"].map((one) => amountProblem("cpu", one))).toEqual(Array(4).fill(undefined));
    expect(["", "-1", "four", "4 cpus", " 4", "4x"].map((one) => amountProblem("cpu", one))).toEqual(
      Array(6).fill("quantity"),
    );
    expect(amountProblem("memory", "16Gi")).toBeUndefined();
    expect(amountProblem("memory", "16")).toBe("unit");
    expect(amountProblem("gpu", "0.5")).toBe("whole");
    expect(amountProblem("pods", "10")).toBeUndefined();
  });

  it("of the presets are amounts, too, for each column or none", () => {
    for (const hard of Object.values(quotaPresets)) {
      for (const column of quotaColumns) {
        const amount = Object.entries(hard).find(([name]) => name === quotaResources[column])?.[1];
        expect(amount === undefined ? undefined : amountProblem(column, amount)).toBeUndefined();
      }
    }
  });

  it("are the same however they are written", () => {
    expect(sameQuota({ cpu: "1", memory: "1Gi" }, { memory: "1024Mi", cpu: "1000m" })).toBe(true);
    expect(sameQuota({ cpu: "1" }, {})).toBe(false);
    expect(sameQuota({}, {})).toBe(true);
    expect(limitOf({ "requests.cpu": "2" }, "cpu")).toBe("requests.cpu");
    expect(belowUse({ cpu: "2", memory: "1Gi" }, { cpu: "2500m", memory: "1Gi" })).toEqual(["cpu"]);
  });
});
