import { fixOf } from "../../common/contract/index.ts";
import { number, text } from "../../common/json/index.ts";
import { atPod, atTerminated, atWaiting, type Container, waitsPlainly } from "../../common/kube/index.ts";
import { type Message, message, verbatim } from "../../common/words/index.ts";
import type { KubeObject } from "../cluster/index.ts";
import { type PodCause, told } from "./pod-cause-types.ts";
import { failedProbe, failedPulls, killedBy, newest, type PodEvent, pulledNow, setUpFailure } from "./pod-events.ts";

const imageReasons = new Set([
  "ErrImagePull",
  "ImagePullBackOff",
  "InvalidImageName",
  "ErrImageNeverPull",
  "ImageInspectError",
  "RegistryUnavailable",
]);
const startReasons = new Set([
  "CreateContainerConfigError",
  "CreateContainerError",
  "PreCreateHookError",
  "PreStartHookError",
  "RunContainerError",
  "StartError",
]);

interface Around {
  pod: KubeObject;
  events: readonly PodEvent[];
}

/** Why one container does not run, where that is more than a matter of waiting. */
export function containerCause(container: Container, { pod, events }: Around): PodCause | undefined {
  const reason = text(atWaiting(container.waiting, "reason")) ?? "";
  const words = text(atWaiting(container.waiting, "message")) ?? "";
  if (imageReasons.has(reason)) return imageCause(container, words || reason, events);
  if (startReasons.has(reason)) {
    return missingInput(words) ?? cannotStart(container, words || reason);
  }
  if (reason === "PostStartHookError") return hookCause(container, words);
  if (reason === "CrashLoopBackOff") return crashed(container, container.last, events);
  return container.terminated === undefined ? undefined : ended(container, pod, events);
}

function imageCause(container: Container, status: string, events: readonly PodEvent[]): PodCause {
  const { name, image } = container;
  const pulls = failedPulls(events, name, image);
  const words = newest(pulls, () => true)?.message ?? status;
  const tries = pulls.reduce((sum, { count }) => sum + count, 0);
  const id = pullTrouble(words);
  return {
    state: "failing",
    ...told({ id, params: { container: name, image } }, message(`pod.${id}`, { image })),
    ...(tries > 1 ? { tries } : {}),
    words,
    trouble: "image",
    fix: fixOf("override-image", message("fix.overrideImage"), { image }),
  };
}

/** What a registry's refusal comes to; the same words come from containerd, CRI-O and the registries. */
function pullTrouble(words: string): `image${"NotFound" | "Limit" | "Credentials" | "Unreachable" | "Other"}` {
  if (/not found|manifest unknown|name unknown|\b404\b/i.test(words)) return "imageNotFound";
  if (/toomanyrequests|rate limit|\b429\b/i.test(words)) return "imageLimit";
  if (/unauthorized|authentication required|access denied|denied|forbidden|\b40[13]\b/i.test(words)) {
    return "imageCredentials";
  }
  if (/no such host|timeout|connection refused|unreachable|lookup/i.test(words)) return "imageUnreachable";
  return "imageOther";
}

/** The Secret or ConfigMap that the kubelet says it looked for in vain. */
function missingInput(words: string): PodCause | undefined {
  const [, word = "", name = ""] = /(secret|configmap) "([^"]+)" not found/i.exec(words) ?? [];
  if (name === "") return undefined;
  const kind = /^s/i.test(word) ? "Secret" : "ConfigMap";
  return {
    state: "starting",
    ...told({ id: "inputMissing", params: { kind, name } }, message("pod.inputMissing", { kind, name })),
    trouble: "missing-input",
  };
}

function cannotStart({ name }: Container, words: string): PodCause {
  return {
    state: "failing",
    ...told(
      { id: "containerStart", params: { container: name, words } },
      message("pod.containerStart", { container: name, words }),
    ),
    trouble: "start",
  };
}

function hookCause({ name }: Container, words: string | undefined): PodCause {
  return {
    state: "failing",
    ...told({ id: "hookFailed", params: { container: name } }, message("pod.hookFailed", { container: name })),
    ...(words ? { words } : {}),
    trouble: "crash",
  };
}

/** A container that has ended and does not wait for its next start yet. */
function ended(container: Container, pod: KubeObject, events: readonly PodEvent[]): PodCause | undefined {
  const { name, role, terminated } = container;
  const code = number(atTerminated(terminated, "exitCode"));
  const policy = text(atPod(pod, "spec", "restartPolicy")) ?? "Always";
  if (text(atTerminated(terminated, "reason")) === "StartError") {
    return cannotStart(container, text(atTerminated(terminated, "message")) ?? "StartError");
  }
  const isAgain = role === "sidecar" || policy === "Always" || (policy === "OnFailure" && code !== 0);
  if (code !== 0) return isAgain || role === "init" ? crashed(container, terminated, events) : endedForGood(container);
  if (role === "init" || !isAgain) return undefined;
  const killed = killedBy(events, name, container.terminated);
  if (killed) return killedCause(container, killed);
  return {
    state: "starting",
    ...told({ id: "endedRestarts", params: { container: name } }, message("pod.endedRestarts", { container: name })),
  };
}

function endedForGood(container: Container): PodCause {
  const code = String(number(atTerminated(container.terminated, "exitCode")) ?? "?");
  const { name } = container;
  return {
    state: "failing",
    ...told({ id: "ended", params: { container: name, code } }, message("pod.ended", { container: name, code })),
    trouble: "failed",
  };
}

function killedCause(container: Container, killed: NonNullable<ReturnType<typeof killedBy>>): PodCause {
  if (killed.by === "postStart") return hookCause(container, killed.words);
  const { name } = container;
  const id = killed.by === "liveness" ? "livenessFailed" : "startupFailed";
  const reason = killed.words
    ? message(`pod.${id}Because`, { container: name, words: killed.words })
    : message(`pod.${id}`, { container: name });
  return {
    state: "failing",
    ...told({ id, params: { container: name, times: container.restarts } }, reason),
    ...(killed.words ? { words: killed.words } : {}),
    trouble: "crash",
  };
}

function crashed(container: Container, end: unknown, events: readonly PodEvent[]): PodCause {
  const code = number(atTerminated(end, "exitCode"));
  const why = text(atTerminated(end, "reason"));
  const { name, restarts } = container;
  // The kubelet ends it with SIGTERM, then with SIGKILL; a program may answer the first by ending well, or with any code.
  const killed = why === "OOMKilled" ? undefined : killedBy(events, name, end);
  if (killed) return killedCause(container, killed);
  const words = (text(atTerminated(end, "message")) ?? "").trim().split("\n").at(-1) ?? "";
  if (why === "StartError" || why === "ContainerCannotRun") return cannotStart(container, words || why);
  const how = [
    ...(code === undefined ? [] : [message("pod.exitCode", { code: String(code) })]),
    ...(why && why !== "Error" ? [why] : []),
    ...(restarts > 0 ? [message("pod.restarted", { count: restarts })] : []),
  ];
  const reason = crashReason(message(container.role === "init" ? "pod.initContainer" : "pod.container", { name }), {
    how,
    words,
  });
  const params = { container: name, code: code === undefined ? "?" : String(code), times: restarts };
  return {
    state: "failing",
    ...told({ id: why === "OOMKilled" ? "outOfMemory" : "crash", params }, reason),
    ...(words ? { words } : {}),
    trouble: "crash",
    fix: fixOf("view-logs", message("fix.viewLogs"), { container: name }),
  };
}

function crashReason(
  container: Message,
  { how, words }: { how: readonly (string | Message)[]; words: string },
): Message {
  if (how.length === 0)
    return words ? message("pod.crashWords", { container, words }) : message("pod.crash", { container });
  return words ? message("pod.crashHowWords", { container, how, words }) : message("pod.crashHow", { container, how });
}

/** What a pod that is placed and in no trouble is at; undefined when its containers don't say. */
export function startingCause(containers: readonly Container[], events: readonly PodEvent[]): PodCause | undefined {
  const begun = containers.some(({ running, terminated }) => running !== undefined || terminated !== undefined);
  const failure = begun ? undefined : setUpFailure(events);
  if (failure) {
    const { words } = failure;
    const id = failure.volume ? "mount" : "sandboxFailed";
    return missingInput(words) ?? { state: "starting", ...told({ id, params: {} }, verbatim(words)), words };
  }
  for (const container of containers) {
    const { name, role, ready, started, running } = container;
    if (running !== undefined && role === "init") {
      return {
        state: "starting",
        ...told({ id: "initRunning", params: { container: name } }, message("pod.initRunning", { container: name })),
      };
    }
    if (running !== undefined && !(role === "sidecar" ? ready || started : ready)) return unready(container, events);
    if (waitsPlainly(container)) return creating(container, events);
  }
  const sidecar = containers.find(({ role, running, ready }) => role === "sidecar" && running !== undefined && !ready);
  return sidecar && unready(sidecar, events);
}

function creating({ name, waiting }: Container, events: readonly PodEvent[]): PodCause | undefined {
  const image = pulledNow(events, name);
  if (image !== undefined) {
    return {
      state: "starting",
      ...told(
        { id: "pulling", params: { container: name, image } },
        message("pod.pulling", { container: name, image }),
      ),
    };
  }
  const reason = text(atWaiting(waiting, "reason"));
  if (!reason) return undefined;
  return {
    state: "starting",
    ...told({ id: "creating", params: {} }, message("pod.creating", { container: name, reason })),
  };
}

function unready({ name }: Container, events: readonly PodEvent[]): PodCause {
  const probe = failedProbe(events, name)?.message;
  return {
    state: "starting",
    ...told(
      { id: probe ? "probeFailed" : "notReady", params: { container: name } },
      probe
        ? message("pod.probeFailed", { container: name, words: probe })
        : message("pod.notReady", { container: name }),
    ),
    ...(probe ? { words: probe } : {}),
  };
}
