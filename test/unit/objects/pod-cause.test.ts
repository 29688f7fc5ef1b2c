import { expect, test } from "vitest";
import { message, textOf } from "../../../common/words/index.ts";
import { causeOf, type PodCause } from "../../../electron/objects/index.ts";
import { object } from "../install/objects-support.ts";

const english = ({ reason }: PodCause) => reason && textOf(reason, "en");
const pod = (status: object, metadata: object = {}) => object("v1", "Pod", "p", { metadata, status });
const container = (state: object, more: object = {}) => ({
  name: "main",
  image: "registry.example/app:1",
  ready: false,
  restartCount: 0,
  state,
  ...more,
});
const event = (reason: string, message: string, more: object = {}) => ({
  ...{ warning: true, reason, message, count: 1, last: 0, fieldPath: "spec.containers{main}" },
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
    /main keeps exiting \(exit code 137, OOMKilled, and restarted 3 times\): out of memory/,
  ],
  [
    "no node",
    unschedulable("0/3 nodes are available: 3 Insufficient cpu."),
    { state: "pending", trouble: "unschedulable" },
    /No node can run it: 0\/3 nodes/,
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
    { state: "failing", trouble: "start" },
    /can't start: exec: no such file/,
  ],
  [
    "an evicted pod",
    pod({ phase: "Failed", reason: "Evicted", message: "The node was low on memory." }),
    { state: "failing", trouble: "failed" },
    /low on memory/,
  ],
  ["a pod without a node yet", pod({ phase: "Pending" }), { state: "pending" }, /Waiting for the scheduler/],
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
    /is running but not ready/,
  ],
])("%s", (_name, given, expected, words) => {
  const cause = causeOf(given);
  expect(cause).toMatchObject(expected);
  expect(english(cause)).toMatch(words);
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
  expect(english(causeOf(crashing))).toContain("Init container istio-validation keeps exiting");
});

test("a volume that can't be mounted is told from the pod's events", () => {
  const creating = pending({ waiting: { reason: "ContainerCreating" } });
  expect(
    causeOf(creating, {
      events: [event("FailedMount", 'MountVolume.SetUp failed for volume "tls": secret "webhook-tls" not found')],
    }),
  ).toMatchObject({
    trouble: "missing-input",
    reason: message("pod.inputMissing", { kind: "Secret", name: "webhook-tls" }),
  });
});

test.each([
  ['failed to resolve reference "docker.io/a/b:1": docker.io/a/b:1: not found', /does not have it/],
  ["pull access denied, repository does not exist or may require authorization", /requires credentials/],
  ["429 Too Many Requests - toomanyrequests: You have reached your pull rate limit", /pull limit/],
  ["dial tcp: lookup registry.example: no such host", /can't be reached/],
  ["something else", /can't be pulled\.$/],
])("a registry that says «%s» is understood, and its words are kept", (message, expected) => {
  const cause = causeOf(pending({ waiting: { reason: "ErrImagePull", message } }));
  expect(english(cause)).toMatch(expected);
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

const running = { running: { startedAt: "2026-01-01T00:00:00Z" } };
const placed = (spec: object, status: object, metadata: object = {}) =>
  object("v1", "Pod", "p", {
    metadata,
    spec: { nodeName: "n1", containers: [{ name: "main", image: "registry.example/app:1" }], ...spec },
    status,
  });
const node = (status: string) =>
  object("v1", "Node", "n1", {
    status: { conditions: [{ type: "Ready", status, message: "Kubelet stopped posting." }] },
  });
const waiting = (reason: string) => ({ phase: "Pending", containerStatuses: [container({ waiting: { reason } })] });
const id = (given: Parameters<typeof causeOf>[0], beside: Parameters<typeof causeOf>[1] = {}) =>
  causeOf(given, beside).say?.id;

test("an init container that runs is named, though kubelets call it started", () => {
  const given = placed(
    { initContainers: [{ name: "prep" }] },
    {
      phase: "Pending",
      initContainerStatuses: [container(running, { name: "prep", started: true })],
      containerStatuses: [container({ waiting: { reason: "PodInitializing" } })],
    },
  );
  expect(causeOf(given).say).toEqual({ id: "initRunning", params: { container: "prep" } });
});

test("on a node that does not respond nothing else of the pod is believed", () => {
  const conditions = [
    { type: "Ready", status: "False" },
    { type: "ContainersReady", status: "True" },
  ];
  const given = placed({}, { phase: "Running", conditions, containerStatuses: [container(running, { ready: true })] });
  expect(causeOf(given, { node: node("Unknown") })).toMatchObject({
    say: { id: "onSilentNode", params: { node: "n1" } },
    trouble: "node",
    about: { kind: "Node", name: "n1" },
    words: "Kubelet stopped posting.",
  });
  expect(id(given, { node: node("False") })).toBe("onUnreadyNode");
  expect(id(placed({}, waiting("ContainerCreating")), { node: node("Unknown") })).toBe("onSilentNode");
  expect(id(placed({}, { phase: "Unknown", reason: "NodeLost" }))).toBe("onSilentNode");
});

test("a readiness gate is named by its condition", () => {
  const conditions = [
    { type: "Ready", status: "False", reason: "ReadinessGatesNotReady" },
    { type: "ContainersReady", status: "True" },
    { type: "example.com/lb", status: "False" },
  ];
  const given = placed(
    { readinessGates: [{ conditionType: "example.com/lb" }] },
    { phase: "Running", conditions, containerStatuses: [container(running, { ready: true, started: true })] },
  );
  expect(causeOf(given)).toMatchObject({
    state: "starting",
    say: { id: "readinessGate", params: { gates: "example.com/lb" } },
  });
  expect(causeOf(given).trouble).toBeUndefined();
});

test("scheduling gates hold a pod back, which is no fault", () => {
  const given = object("v1", "Pod", "p", {
    spec: { schedulingGates: [{ name: "example.com/queue" }] },
    status: {
      phase: "Pending",
      conditions: [
        { type: "PodScheduled", status: "False", reason: "SchedulingGated", message: "Scheduling is blocked" },
      ],
    },
  });
  expect(causeOf(given)).toMatchObject({ say: { id: "schedulingGated", params: { gates: "example.com/queue" } } });
  expect(causeOf(given).trouble).toBeUndefined();
});

test("a pod that nobody has placed waits for its claim, its own scheduler, or the cluster's", () => {
  const unplaced = (spec: object) => object("v1", "Pod", "p", { spec, status: { phase: "Pending" } });
  expect(id(unplaced({}))).toBe("waitsForScheduler");
  expect(causeOf(unplaced({ schedulerName: "gone" })).say).toEqual({
    id: "otherScheduler",
    params: { scheduler: "gone" },
  });
  const claims = [{ name: "data", missing: false, words: "only RWO is provided", refused: true }];
  expect(causeOf(unplaced({}), { claims })).toMatchObject({
    say: { id: "claimOpen", params: { claim: "data" } },
    words: "only RWO is provided",
    trouble: "volume",
    about: { kind: "PersistentVolumeClaim", name: "data" },
  });
});

test("an image that is being pulled is named until the pull ends", () => {
  const given = placed({}, waiting("ContainerCreating"));
  const pulling = event("Pulling", 'Pulling image "registry.example/app:1"', { warning: false, last: 10 });
  expect(causeOf(given, { events: [pulling] }).say).toEqual({
    id: "pulling",
    params: { container: "main", image: "registry.example/app:1" },
  });
  const pulled = event("Pulled", "Successfully pulled image", { warning: false, last: 20 });
  expect(id(given, { events: [pulling, pulled] })).toBe("creating");
});

test("«being created» is said of a container that says so, and of nothing else", () => {
  expect(id(placed({}, waiting("ContainerCreating")), { node: node("True") })).toBe("creating");
  expect(id(placed({}, { phase: "Pending" }))).toBe("unexplained");
  expect(id(placed({}, { phase: "Running", conditions: [{ type: "Ready", status: "False" }] }))).toBe("unexplained");
});

test("of the events about a pull only the one that says why counts", () => {
  const given = placed({}, waiting("ImagePullBackOff"));
  const events = [
    event("Failed", 'Failed to pull image "registry.example/app:1": 401 Unauthorized', { count: 3, last: 10 }),
    event("Failed", "Error: ErrImagePull", { count: 3, last: 11 }),
    event("Failed", "Error: ImagePullBackOff", { count: 5, last: 12 }),
    event("BackOff", 'Back-off pulling image "registry.example/app:1"', { warning: false, count: 5, last: 12 }),
  ];
  expect(causeOf(given, { events })).toMatchObject({
    say: { id: "imageCredentials" },
    tries: 3,
    words: expect.stringMatching(/^Failed to pull image/),
  });
});

test.each([
  ["liveness", "Container main failed liveness probe, will be restarted", "livenessFailed"],
  ["startup", "Container main failed startup probe, will be restarted", "startupFailed"],
])("a container that its %s probe ends is not said to crash", (kind, killing, expected) => {
  for (const exitCode of [0, 137, 143]) {
    const last = { terminated: { exitCode, reason: "Error", finishedAt: "2026-01-01T00:00:00Z" } };
    const given = pending({ waiting: { reason: "CrashLoopBackOff" } }, { lastState: last, restartCount: 4 });
    const at = Date.parse("2026-01-01T00:00:00Z");
    const words = `${kind === "startup" ? "Startup" : "Liveness"} probe failed: HTTP probe failed with statuscode: 500`;
    const events = [
      event("Unhealthy", words, { last: at - 31_000 }),
      event("Killing", killing, { warning: false, last: at - 30_000 }),
    ];
    expect(causeOf(given, { events })).toMatchObject({
      say: { id: expected, params: { times: 4 } },
      words,
      trouble: "crash",
    });
    // Of another container, or of long before, they say nothing.
    const other = events.map((one) => ({ ...one, fieldPath: "spec.containers{other}" }));
    expect(id(given, { events: other })).toBe("crash");
    expect(id(given, { events: events.map((one) => ({ ...one, last: at - 3_600_000 })) })).toBe("crash");
  }
});

test("a postStart hook that fails is named", () => {
  const given = pending(
    { waiting: { reason: "CrashLoopBackOff" } },
    { lastState: { terminated: { exitCode: 137, reason: "Error" } } },
  );
  const events = [
    event("FailedPostStartHook", "PostStartHook failed", { last: 10 }),
    event("Killing", "FailedPostStartHook", { warning: false, last: 11 }),
  ];
  expect(causeOf(given, { events })).toMatchObject({ say: { id: "hookFailed" }, words: "PostStartHook failed" });
});

test("what ended well and is started again does not run, and what stays ended is not said to come again", () => {
  const ended = (exitCode: number, restartPolicy: string) =>
    placed(
      { restartPolicy },
      {
        phase: "Running",
        containerStatuses: [container({ terminated: { exitCode, reason: exitCode === 0 ? "Completed" : "Error" } })],
      },
    );
  expect(id(ended(0, "Always"))).toBe("endedRestarts");
  expect(id(ended(1, "Always"))).toBe("crash");
  expect(id(ended(1, "Never"))).toBe("ended");
});

test("neither a sandbox that fails nor a mount that failed before the containers ran is told as a volume in the way", () => {
  const sandbox = event("FailedCreatePodSandBox", "Failed to create pod sandbox: no CNI", { fieldPath: undefined });
  expect(id(placed({}, waiting("ContainerCreating")), { events: [sandbox] })).toBe("sandboxFailed");
  const mount = event("FailedMount", "MountVolume.SetUp failed", { fieldPath: undefined });
  const unready = placed({}, { phase: "Running", containerStatuses: [container(running, { started: true })] });
  expect(id(unready, { events: [mount] })).toBe("notReady");
});
