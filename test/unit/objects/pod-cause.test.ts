import { expect, test } from "vitest";
import { causeOf } from "../../../electron/objects/index.ts";
import { object } from "../install/objects-support.ts";

const pod = (status: object, metadata: object = {}) => object("v1", "Pod", "p", { metadata, status });
const container = (state: object, more: object = {}) => ({
  name: "main",
  image: "registry.example/app:1",
  ready: false,
  restartCount: 0,
  state,
  ...more,
});
const pending = (state: object, more: object = {}) =>
  pod({ phase: "Pending", containerStatuses: [container(state, more)] });
const unschedulable = (message: string) =>
  pod({ phase: "Pending", conditions: [{ type: "PodScheduled", status: "False", message }] });

test.each([
  [
    "an image",
    pending({ waiting: { reason: "ImagePullBackOff", message: "manifest unknown" } }),
    { state: "failing", trouble: "image", words: "manifest unknown" },
    /registry\.example\/app:1 can't be pulled: the registry does not have it\.$/,
  ],
  [
    "a crash",
    pending(
      { waiting: { reason: "CrashLoopBackOff" } },
      {
        restartCount: 3,
        lastState: { terminated: { exitCode: 137, reason: "OOMKilled", message: "line 1\nout of memory" } },
      },
    ),
    { state: "failing", trouble: "crash" },
    /main keeps ending with exit code 137, OOMKilled \(restarted 3 times\): out of memory/,
  ],
  [
    "no node",
    unschedulable("0/3 nodes are available: 3 Insufficient cpu."),
    { state: "pending", trouble: "unschedulable" },
    /No node can take it: 0\/3 nodes/,
  ],
  [
    "an unbound claim",
    unschedulable("pod has unbound immediate PersistentVolumeClaims"),
    { state: "pending", trouble: "volume" },
    /not bound/,
  ],
  [
    "a missing Secret in an environment",
    pending({ waiting: { reason: "CreateContainerConfigError", message: 'secret "keys" not found' } }),
    { state: "starting", trouble: "missing-input" },
    /^Secret keys does not exist yet\.$/,
  ],
  [
    "a container that does not start",
    pending({ waiting: { reason: "RunContainerError", message: "exec: no such file" } }),
    { state: "failing", trouble: "crash" },
    /can't start: exec: no such file/,
  ],
  [
    "an evicted pod",
    pod({ phase: "Failed", reason: "Evicted", message: "The node was low on memory." }),
    { state: "failing", trouble: "failed" },
    /low on memory/,
  ],
  ["a pod without a node yet", pod({ phase: "Pending" }), { state: "pending" }, /being created/],
  [
    "a container being created",
    pending({ waiting: { reason: "ContainerCreating" } }),
    { state: "starting" },
    /main: ContainerCreating/,
  ],
  [
    "a pod that is not ready",
    pod({ phase: "Running", containerStatuses: [container({ running: {} }, { started: true })] }),
    { state: "starting" },
    /runs but is not ready/,
  ],
])("%s", (_name, given, expected, words) => {
  const cause = causeOf(given);
  expect(cause).toMatchObject(expected);
  expect(cause.reason).toMatch(words);
});

test("running and completed pods need no reason", () => {
  expect(causeOf(pod({ phase: "Running", conditions: [{ type: "Ready", status: "True" }] }))).toEqual({
    state: "running",
  });
  expect(causeOf(pod({ phase: "Succeeded" }))).toEqual({ state: "completed" });
});

test("init containers are named", () => {
  const crashing = pod({
    phase: "Pending",
    initContainerStatuses: [{ ...container({ waiting: { reason: "CrashLoopBackOff" } }), name: "istio-validation" }],
  });
  expect(causeOf(crashing).reason).toContain("Init container istio-validation keeps ending");
});

test("a volume that can't be mounted is told from the pod's events", () => {
  const creating = pending({ waiting: { reason: "ContainerCreating" } });
  expect(
    causeOf(creating, ['MountVolume.SetUp failed for volume "tls": secret "webhook-tls" not found']),
  ).toMatchObject({
    trouble: "missing-input",
    reason: "Secret webhook-tls does not exist yet.",
  });
});

test.each([
  ['failed to resolve reference "docker.io/a/b:1": docker.io/a/b:1: not found', /does not have it/],
  ["pull access denied, repository does not exist or may require authorization", /asks for credentials/],
  ["429 Too Many Requests - toomanyrequests: You have reached your pull rate limit", /limit of pulls/],
  ["dial tcp: lookup registry.example: no such host", /can't be reached/],
  ["something else", /can't be pulled\.$/],
])("a registry that says «%s» is understood, and its words are kept", (message, expected) => {
  const cause = causeOf(pending({ waiting: { reason: "ErrImagePull", message } }));
  expect(cause.reason).toMatch(expected);
  expect(cause.words).toBe(message);
});

test.each([
  [{ waiting: { reason: "ImagePullBackOff", message: "manifest unknown" } }, {}, "imageNotFound"],
  [{ waiting: { reason: "ErrImagePull", message: "429 Too Many Requests: toomanyrequests" } }, {}, "imageLimit"],
  [{ waiting: { reason: "CrashLoopBackOff" } }, { lastState: { terminated: { exitCode: 1 } } }, "crash"],
  [
    { waiting: { reason: "CrashLoopBackOff" } },
    { lastState: { terminated: { exitCode: 137, reason: "OOMKilled" } } },
    "outOfMemory",
  ],
  [{ waiting: { reason: "CreateContainerConfigError", message: 'secret "keys" not found' } }, {}, "inputMissing"],
])("names the sentence that the page has for %j", (state, more, id) => {
  expect(causeOf(pending(state, more)).say?.id).toBe(id);
});

test("says nothing of a pod that runs or is done", () => {
  expect(causeOf(pod({ phase: "Succeeded" })).say).toBeUndefined();
  expect(
    causeOf(
      pod({
        phase: "Running",
        conditions: [{ type: "Ready", status: "True" }],
        containerStatuses: [container({ running: {} }, { ready: true, started: true })],
      }),
    ).say,
  ).toBeUndefined();
});
