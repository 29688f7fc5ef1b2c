import { describe, expect, it } from "vitest";
import { contextId, drainOptions, type ObjectChange } from "../../../../../common/contract/index.ts";
import { changeLines, drainLine, secretLine } from "../../../../../renderer/features/actions/kubectl.ts";
import { changesOf, commonPairs } from "../../../../../renderer/features/actions/metadata-pairs.ts";
import { questionsOf, refusedNeed, specsFor } from "../../../../../renderer/features/actions/specs.ts";
import { fitsState, reasonOf } from "../../../../../renderer/features/actions/state.ts";

const web = { group: "apps", version: "v1", plural: "deployments", kind: "Deployment", name: "web", namespace: "n" };
const farm = { group: "example.org", version: "v1", plural: "farms", kind: "Farm", name: "f", namespace: "m" };
const start = "kubectl --context=ctx --namespace=n";

describe("the same in kubectl", () => {
  it.each<[ObjectChange, string]>([
    [{ do: "restart" }, "rollout restart deployment/web"],
    [{ do: "scale", replicas: 3 }, "scale deployment/web --replicas=3"],
    [{ do: "undo", revision: 2 }, "rollout undo deployment/web --to-revision=2"],
    [{ do: "image", images: [{ container: "c", image: "i:1" }] }, "set image deployment/web c=i:1"],
    [{ do: "labels", set: { a: "b c" }, remove: ["x"] }, "label deployment/web --overwrite 'a=b c' x-"],
    [
      { do: "delete", propagation: "orphan", gracePeriodSeconds: 0 },
      "delete deployment/web --cascade=orphan --grace-period=0 --force --wait=false",
    ],
    [{ do: "suspend", suspended: true }, `patch deployment/web --type=merge -p '{"spec":{"suspend":true}}'`],
  ])("%j", (change, line) => {
    expect(changeLines("ctx", [web], change)).toEqual([`${start} ${line}`]);
  });

  it("takes one line for each namespace, and names groups of custom resources", () => {
    expect(changeLines("ctx", [web, farm], { do: "scale", replicas: 1 })).toEqual([
      `${start} scale deployment/web --replicas=1`,
      "kubectl --context=ctx --namespace=m scale farms.example.org/f --replicas=1",
    ]);
  });

  it("writes drain's and taint's own words", () => {
    const options = drainOptions.parse({ force: true, timeoutSeconds: 60, podSelector: "app=web" });
    expect(drainLine("ctx", ["a", "b"], options)).toBe(
      "kubectl --context=ctx drain a b --ignore-daemonsets --force --timeout=60s --pod-selector=app=web",
    );
    const node = { group: "", plural: "nodes", kind: "Node", name: "a" };
    const set = [{ key: "k", value: "v", effect: "NoSchedule" as const }];
    expect(changeLines("ctx", [node], { do: "taints", set, remove: [{ key: "old" }] })).toEqual([
      "kubectl --context=ctx taint nodes a --overwrite k=v:NoSchedule old-",
    ]);
  });

  it("escapes the dots of a Secret's key", () => {
    const secret = { group: "", plural: "secrets", kind: "Secret", name: "s", namespace: "n" };
    expect(secretLine("ctx", secret, "tls.key")).toContain("'jsonpath={.data.tls\\.key}' | base64 --decode");
  });
});

describe("actions of a kind", () => {
  const ids = (kind: Parameters<typeof specsFor>[0], subresources?: string[]) =>
    specsFor(kind, subresources).map(({ id }) => id);

  it("has each key once", () => {
    for (const [group, plural, kind] of [
      ["", "pods", "Pod"],
      ["apps", "deployments", "Deployment"],
      ["", "nodes", "Node"],
      ["batch", "cronjobs", "CronJob"],
    ] as const) {
      const keys = specsFor({ group, plural, kind }).flatMap((spec) => (spec.keys ? [spec.keys] : []));
      expect(keys).toEqual([...new Set(keys)]);
    }
  });

  it("scales custom resources that serve it, and takes no other group's kind for a built-in one", () => {
    expect(ids(farm, ["scale"])).toContain("scale");
    expect(ids(farm)).not.toContain("scale");
    expect(ids({ group: "metrics.k8s.io", plural: "pods", kind: "PodMetrics" })).not.toContain("shell");
  });

  it("asks each question once a namespace, and names what is refused", () => {
    const target = { ...web, context: contextId.parse("ctx") };
    const specs = specsFor(web).filter(({ id }) => id === "restart" || id === "labels" || id === "delete");
    const questions = questionsOf(specs, [target, { ...target, name: "b" }, { ...target, namespace: "m" }]);
    expect(questions.map(({ verb, namespace }) => `${verb} ${namespace}`)).toEqual([
      "patch n",
      "patch m",
      "delete n",
      "delete m",
    ]);
    const answers = [true, false, true, true].map((allowed) => ({ allowed }));
    const refused = specs.map((spec) => [spec.id, refusedNeed(spec, questions, answers)?.namespace]);
    expect(refused).toEqual([
      ["restart", "m"],
      ["labels", "m"],
      ["delete", undefined],
    ]);
  });

  it("shows of two opposite actions the one that changes something", () => {
    const paused = { kind: "Deployment", spec: { paused: true } };
    expect([fitsState("pause", paused), fitsState("unpause", paused)]).toEqual([false, true]);
    const restart = specsFor(web).find(({ id }) => id === "restart");
    expect(restart && reasonOf(restart, paused)).toBe("paused");
    const waiting = { kind: "Pod", status: { containerStatuses: [{ restartCount: 0, state: { waiting: {} } }] } };
    const pod = specsFor({ group: "", plural: "pods", kind: "Pod" });
    const reasons = pod.flatMap((spec) => (reasonOf(spec, waiting) ? [`${spec.id} ${reasonOf(spec, waiting)}`] : []));
    expect(reasons).toEqual([
      "logs-previous noPrevious",
      "shell notRunning",
      "attach notRunning",
      "copy-files notRunning",
      "debug notRunning",
      "go-node noNode",
    ]);
  });
});

describe("labels in a form", () => {
  it("are those that all objects have alike", () => {
    expect(
      commonPairs([
        { b: "1", a: "2", c: "3" },
        { a: "2", b: "1", c: "4" },
      ]),
    ).toEqual([
      ["a", "2"],
      ["b", "1"],
    ]);
  });

  it("change only what was changed", () => {
    const before = [
      ["a", "1"],
      ["b", "2"],
      ["c", "3"],
    ] as const;
    const pair = (key: string, value: string, removed = false) => ({ id: key, key, value, removed });
    expect(
      changesOf(before, [pair("a", "1"), pair("b", "9"), pair("c", "3", true), pair("d", "4"), pair("", "")]),
    ).toEqual({ set: { b: "9", d: "4" }, remove: ["c"] });
  });
});
