import { describe, expect, it } from "vitest";
import type { Cell, RowHealth } from "../../../common/contract/index.ts";
import { healthOf } from "../../../electron/tables/health.ts";

function health(resource: string, cells: Record<string, Cell>, deleting = false): RowHealth {
  const [plural = "", ...group] = resource.split(".");
  return healthOf({ plural, group: group.join("."), deleting, cell: (column) => cells[column] });
}

describe("health of a row", () => {
  it.each<[string, Record<string, Cell>, RowHealth]>([
    ["pods", { Status: "Running", Ready: "2/2" }, "ok"],
    ["pods", { Status: "Running", Ready: "1/2" }, "warn"],
    ["pods", { Status: "Completed", Ready: "0/1" }, "done"],
    ["pods", { Status: "Succeeded", Ready: "0/1" }, "done"],
    ["pods", { Status: "CrashLoopBackOff", Ready: "0/1" }, "bad"],
    ["pods", { Status: "ImagePullBackOff", Ready: "0/1" }, "bad"],
    ["pods", { Status: "Error", Ready: "0/1" }, "bad"],
    ["pods", { Status: "OOMKilled", Ready: "0/1" }, "bad"],
    ["pods", { Status: "Evicted", Ready: "0/1" }, "bad"],
    ["pods", { Status: "Pending", Ready: "0/1" }, "warn"],
    ["pods", { Status: "ContainerCreating", Ready: "0/1" }, "warn"],
    ["pods", { Status: "Init:0/2", Ready: "0/1" }, "warn"],
    ["pods", { Status: "Init:CrashLoopBackOff", Ready: "0/1" }, "bad"],
    ["pods", { Status: "Terminating", Ready: "1/1" }, "warn"],
    ["nodes", { Status: "Ready" }, "ok"],
    ["nodes", { Status: "NotReady" }, "bad"],
    ["nodes", { Status: "Ready,SchedulingDisabled" }, "warn"],
    ["nodes", { Status: "NotReady,SchedulingDisabled" }, "bad"],
    ["namespaces", { Status: "Active" }, "ok"],
    ["namespaces", { Status: "Terminating" }, "warn"],
    ["persistentvolumeclaims", { Status: "Bound" }, "ok"],
    ["persistentvolumeclaims", { Status: "Pending" }, "warn"],
    ["persistentvolumeclaims", { Status: "Lost" }, "bad"],
    ["persistentvolumes", { Status: "Available" }, "ok"],
    ["persistentvolumes", { Status: "Failed" }, "bad"],
    ["events", { Type: "Warning" }, "warn"],
    ["events", { Type: "Normal" }, "ok"],
    ["deployments.apps", { Ready: "3/3" }, "ok"],
    ["deployments.apps", { Ready: "1/3" }, "warn"],
    ["deployments.apps", { Ready: "0/3" }, "bad"],
    ["deployments.apps", { Ready: "0/0" }, "ok"],
    ["statefulsets.apps", { Ready: "0/1" }, "bad"],
    ["replicasets.apps", { Desired: 0, Ready: 0 }, "ok"],
    ["replicasets.apps", { Desired: 3, Ready: 1 }, "warn"],
    ["daemonsets.apps", { Desired: 3, Ready: 0 }, "bad"],
    ["jobs.batch", { Status: "Complete", Completions: "1/1" }, "done"],
    ["jobs.batch", { Status: "Failed", Completions: "0/1" }, "bad"],
    ["jobs.batch", { Status: "Running", Completions: "0/1" }, "ok"],
    ["cronjobs.batch", { Suspend: true }, "done"],
    ["apiservices.apiregistration.k8s.io", { Available: "False (MissingEndpoints)" }, "bad"],
    ["services", { Type: "ClusterIP" }, "ok"],
    ["certificates.cert-manager.io", { Ready: "False" }, "bad"],
    ["certificates.cert-manager.io", { Ready: "True" }, "ok"],
    ["certificates.cert-manager.io", { Ready: "Unknown" }, "warn"],
    ["inferenceservices.serving.kserve.io", { Ready: "" }, "ok"],
    ["workflows.argoproj.io", { Status: "Failed" }, "bad"],
    ["workflows.argoproj.io", { Status: "Succeeded" }, "done"],
    ["workflows.argoproj.io", { Status: "Running" }, "ok"],
    ["experiments.kubeflow.org", { State: "Degraded" }, "bad"],
  ])("%s %j is %s", (resource, cells, expected) => {
    expect(health(resource, cells)).toBe(expected);
  });

  it("asks for a look at what is being deleted, unless it is worse or over", () => {
    expect(health("services", {}, true)).toBe("warn");
    expect(health("pods", { Status: "Error" }, true)).toBe("bad");
    expect(health("pods", { Status: "Completed" }, true)).toBe("done");
  });
});
