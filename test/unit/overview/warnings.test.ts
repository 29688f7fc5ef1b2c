import { describe, expect, it } from "vitest";
import { newestOf, readWarning } from "../../../electron/overview/warnings.ts";

const event = (more: object) => ({
  apiVersion: "v1",
  kind: "Event",
  metadata: { name: "web.1", namespace: "shop", uid: "u1", creationTimestamp: "2025-01-01T00:00:00Z" },
  involvedObject: { apiVersion: "v1", kind: "Pod", namespace: "shop", name: "web" },
  type: "Warning",
  reason: "BackOff",
  message: "Back-off restarting failed container\n",
  ...more,
});

describe("warnings", () => {
  it("reads an event of the old form", () => {
    const old = event({ count: 7, firstTimestamp: "2025-01-01T00:00:00Z", lastTimestamp: "2025-01-01T01:00:00Z" });
    expect(readWarning(old)).toEqual({
      uid: "u1",
      reason: "BackOff",
      message: "Back-off restarting failed container",
      count: 7,
      lastSeen: Date.parse("2025-01-01T01:00:00Z"),
      object: { group: "", kind: "Pod", namespace: "shop", name: "web" },
    });
  });

  it("reads an event of the new form, about an object of a group and of no namespace", () => {
    const series = { count: 3, lastObservedTime: "2025-01-02T00:00:00.000000Z" };
    const involvedObject = { apiVersion: "storage.k8s.io/v1", kind: "StorageClass", name: "fast" };
    const read = readWarning(event({ series, lastTimestamp: null, eventTime: "2025-01-01T00:00:00Z", involvedObject }));
    expect(read).toMatchObject({ count: 3, lastSeen: Date.parse("2025-01-02T00:00:00Z") });
    expect(read.object).toEqual({ group: "storage.k8s.io", kind: "StorageClass", name: "fast" });
  });

  it("gives the newest first", () => {
    const at = (uid: string, lastSeen: number) => ({ ...readWarning(event({})), uid, lastSeen });
    expect(newestOf([at("a", 1), at("b", 3), at("c", 2)], 2).map(({ uid }) => uid)).toEqual(["b", "c"]);
  });
});
