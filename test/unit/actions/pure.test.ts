import { describe, expect, it } from "vitest";
import { labelValue, qualifiedName } from "../../../common/contract/index.ts";
import { securityContext } from "../../../electron/actions/debug.ts";
import { changedTaints, triggeredJob } from "../../../electron/actions/simple-changes.ts";
import { asArgument, copyName, insidePath, tarPrefix, uploadPath } from "../../../electron/actions/tar-paths.ts";

describe("paths in archives", () => {
  it.each([
    ["/var/log", "var/log"],
    ["./a/./b/", "a/b"],
    ["../../etc/x", "etc/x"],
    ["/", ""],
    [".", ""],
  ])("tar packs %s as %s", (path, prefix) => expect(tarPrefix(path)).toBe(prefix));

  it.each([
    ["var/log", "var/log/", ""],
    ["var/log", "var/log/a b/한글", "a b/한글"],
    ["var/log", "var/logs/a", undefined],
    ["var/log", "var/log/../../etc/passwd", undefined],
    ["var/log", "/etc/passwd", undefined],
    ["", "etc/hosts", "etc/hosts"],
    ["", "../x", undefined],
    ["a", "a/b\0c", undefined],
  ])("within %j, %j is %j", (prefix, entry, inside) => expect(insidePath(prefix, entry)).toBe(inside));

  it("names copies so that no file system takes the name for a path", () => {
    expect(["/", "..", "/a/b c", "x:y\\z"].map(copyName)).toEqual(["root", "root", "b c", "x_y_z"]);
  });

  it("keeps uploads below their folder", () => {
    expect(["a/./b", "/a", "../a", "a/../../b", "", "."].map(uploadPath)).toEqual([
      "a/b",
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect([asArgument("-rf"), asArgument("/a")]).toEqual(["./-rf", "/a"]);
  });
});

describe("taints", () => {
  const current = [
    { key: "a", value: "1", effect: "NoSchedule", timeAdded: "then" },
    { key: "a", effect: "NoExecute" },
  ];
  it("are known by key and effect", () => {
    expect(changedTaints(current, { set: [{ key: "a", value: "2", effect: "NoSchedule" }], remove: [] })).toEqual([
      current[1],
      { key: "a", value: "2", effect: "NoSchedule" },
    ]);
    expect(changedTaints(current, { set: [], remove: [{ key: "a", effect: "NoExecute" }] })).toEqual([current[0]]);
    expect(changedTaints(current, { set: [], remove: [{ key: "a" }] })).toEqual([]);
  });
});

describe("keys and values", () => {
  it.each(["app", "example.org/App_1.x", "a".repeat(63)])("%s may be a key", (key) =>
    expect(qualifiedName.safeParse(key).success).toBe(true),
  );
  it.each(["", "-a", "a-", "a b", "/a", "a/", "A.org/x/y", "a".repeat(64), "Example.org/a"])("%j may not", (key) =>
    expect(qualifiedName.safeParse(key).success).toBe(false),
  );
  it("allows empty values, and none longer than 63", () => {
    expect(["", "a.b_c-d", "a".repeat(64), "a b", "-a"].map((value) => labelValue.safeParse(value).success)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

it("names a triggered job within the limit of names", () => {
  const job = triggeredJob(
    {
      apiVersion: "batch/v1",
      kind: "CronJob",
      metadata: { name: "n".repeat(52), namespace: "d", uid: "u" },
      spec: { jobTemplate: { spec: { parallelism: 1 } } },
    },
    "abcd1234",
  );
  expect(job.metadata.name).toHaveLength(63);
  expect(job.metadata.name).toMatch(/-manual-abcd1234$/);
});

it("gives a restricted container no rights", () => {
  expect(securityContext("restricted", "pod")).toMatchObject({ runAsNonRoot: true, capabilities: { drop: ["ALL"] } });
  expect(securityContext("baseline", "node")).toBeUndefined();
});
