import type { CauseId, Fix, PodView, SaidCause } from "../../common/contract/index.ts";
import { at, list, number, text } from "../../common/json/index.ts";
import type { KubeObject } from "../cluster/index.ts";
import { conditionOf } from "./conditions.ts";

/** Why a pod is not running, told in one sentence. */
export interface PodCause {
  state: PodView["state"];
  reason?: string;
  /** The same for the page's words: which sentence, and the names in it. Absent where nothing is to be said. */
  say?: SaidCause;
  /** The kubelet's or registry's own words, where `reason` says them shorter. */
  words?: string;
  /** What kind of trouble, when waiting alone is unlikely to cure it. */
  trouble?: "image" | "crash" | "unschedulable" | "volume" | "missing-input" | "failed";
  fix?: Fix;
}

const imageReasons = new Set([
  "ErrImagePull",
  "ImagePullBackOff",
  "InvalidImageName",
  "ErrImageNeverPull",
  "ImageInspectError",
  "RegistryUnavailable",
]);
const startReasons = new Set(["CreateContainerConfigError", "CreateContainerError", "RunContainerError", "StartError"]);

interface ContainerState {
  name: string;
  image: string;
  init: boolean;
  ready: boolean;
  started: boolean;
  restarts: number;
  waiting: unknown;
  terminated: unknown;
  last: unknown;
}

/** `warnings`: messages of the pod's Warning events, newest last; kubelet says only there why a volume can't be mounted. */
export function causeOf(pod: KubeObject, warnings: readonly string[] = []): PodCause {
  const phase = text(at(pod, "status", "phase"));
  if (phase === "Succeeded") return { state: "completed" };
  if (pod.metadata.deletionTimestamp) return { state: "pending", reason: "It is ending.", say: say("ending") };
  if (phase === "Failed") {
    const why = text(at(pod, "status", "message")) ?? text(at(pod, "status", "reason")) ?? failedContainer(pod);
    return { state: "failing", reason: `The pod failed: ${why}`, say: say("podFailed", { why }), trouble: "failed" };
  }
  const scheduled = conditionOf(pod, "PodScheduled");
  if (scheduled?.status === "False") return unscheduled(scheduled.message ?? "");
  const containers = containerStates(pod);
  for (const container of containers) {
    const cause = troubleOf(container);
    if (cause) return cause;
  }
  if (phase === "Running" && conditionOf(pod, "Ready")?.status === "True") return { state: "running" };
  return stillStarting(pod, containers, warnings);
}

function unscheduled(words: string): PodCause {
  const claim = /persistentvolumeclaim "([^"]+)" not found/i.exec(words);
  if (claim) {
    return {
      state: "pending",
      reason: `Volume claim ${claim[1]} does not exist.`,
      say: say("claimMissing", { claim: claim[1] ?? "" }),
      trouble: "volume",
    };
  }
  if (/unbound immediate PersistentVolumeClaims/i.test(words)) {
    return {
      state: "pending",
      reason: `A volume claim of it is not bound: ${words}`,
      say: say("claimUnbound"),
      words,
      trouble: "volume",
      fix: { id: "storage-class", title: "Create or choose a default StorageClass" },
    };
  }
  if (words === "") {
    return { state: "pending", reason: "It waits for the scheduler.", say: say("waitsForScheduler") };
  }
  return {
    state: "pending",
    reason: `No node can take it: ${words}`,
    say: say("unschedulable", { words: words.replace(/\.?\s*$/, "") }),
    trouble: "unschedulable",
    fix: { id: "add-capacity", title: "Add nodes, or choose fewer components" },
  };
}

function troubleOf(container: ContainerState): PodCause | undefined {
  const reason = text(at(container.waiting, "reason")) ?? "";
  const message = text(at(container.waiting, "message")) ?? "";
  if (imageReasons.has(reason)) {
    const { id, english } = pullTrouble(message);
    return {
      state: "failing",
      reason: `Image ${container.image} can't be pulled${english}.`,
      say: say(id, { container: container.name, image: container.image }),
      words: message || reason,
      trouble: "image",
      fix: { id: "override-image", title: "Use another image", params: { image: container.image } },
    };
  }
  if (startReasons.has(reason)) {
    return (
      missingInput(message) ?? {
        state: "failing",
        reason: `Container ${container.name} can't start: ${message || reason}`,
        say: say("containerStart", { container: container.name, words: message || reason }),
        trouble: "crash",
      }
    );
  }
  if (reason === "CrashLoopBackOff") return crashed(container, container.last);
  if (at(container.terminated, "exitCode") !== undefined && number(at(container.terminated, "exitCode")) !== 0) {
    return crashed(container, container.terminated);
  }
  return undefined;
}

/** What a registry's refusal comes to, in a few words; the same words come from containerd, CRI-O and the registries. */
function pullTrouble(message: string): { id: CauseId; english: string } {
  if (/not found|manifest unknown|name unknown|\b404\b/i.test(message)) {
    return { id: "imageNotFound", english: ": the registry does not have it" };
  }
  if (/toomanyrequests|rate limit|\b429\b/i.test(message)) {
    return { id: "imageLimit", english: ": the registry's limit of pulls is reached" };
  }
  if (/unauthorized|authentication required|access denied|denied|forbidden|\b40[13]\b/i.test(message)) {
    return { id: "imageCredentials", english: ": the registry asks for credentials" };
  }
  if (/no such host|timeout|connection refused|unreachable|lookup/i.test(message)) {
    return { id: "imageUnreachable", english: ": its registry can't be reached" };
  }
  return { id: "imageOther", english: "" };
}

function crashed(container: ContainerState, end: unknown): PodCause {
  const code = number(at(end, "exitCode"));
  const why = text(at(end, "reason"));
  const words = (text(at(end, "message")) ?? "").trim().split("\n").at(-1) ?? "";
  const known = [code === undefined ? "" : `exit code ${code}`, why && why !== "Error" ? why : ""].filter(Boolean);
  const role = container.init ? "Init container" : "Container";
  const times = container.restarts > 0 ? ` (restarted ${container.restarts} times)` : "";
  return {
    state: "failing",
    say: say(why === "OOMKilled" ? "outOfMemory" : "crash", {
      container: container.name,
      code: code === undefined ? "?" : String(code),
      times: String(container.restarts),
    }),
    ...(words ? { words } : {}),
    reason: `${role} ${container.name} keeps ending${known.length > 0 ? ` with ${known.join(", ")}` : ""}${times}${words ? `: ${words}` : "."}`,
    trouble: "crash",
    fix: { id: "view-logs", title: "Look at the container's log", params: { container: container.name } },
  };
}

function stillStarting(pod: KubeObject, containers: readonly ContainerState[], warnings: readonly string[]): PodCause {
  const mount = [...warnings].reverse().find((words) => /MountVolume|mount|sandbox|network/i.test(words));
  if (mount) return missingInput(mount) ?? { state: "starting", reason: mount, say: say("mount"), words: mount };
  const init = containers.find((container) => container.init && !container.ready && !container.started);
  if (init && at(init.terminated, "exitCode") === undefined) {
    const waits = text(at(init.waiting, "reason"));
    return {
      state: "starting",
      reason:
        waits === "PodInitializing" || !waits
          ? `Init container ${init.name} is running.`
          : `Init container ${init.name}: ${waits}.`,
      say: say("initRunning", { container: init.name }),
    };
  }
  const main = containers.filter((container) => !container.init);
  const creating = main.find((container) => at(container.waiting, "reason") !== undefined);
  if (creating) {
    return {
      state: "starting",
      reason: `Container ${creating.name}: ${text(at(creating.waiting, "reason"))}.`,
      say: say("creating"),
    };
  }
  const unready = containers.find((container) => !container.ready && (container.started || !container.init));
  if (unready) {
    const probe = [...warnings].reverse().find((words) => /probe failed/i.test(words));
    return {
      state: "starting",
      reason: `Container ${unready.name} runs but is not ready${probe ? `: ${probe}` : " yet."}`,
      say: say(probe ? "probeFailed" : "notReady", { container: unready.name }),
      ...(probe ? { words: probe } : {}),
    };
  }
  return {
    state: text(at(pod, "spec", "nodeName")) ? "starting" : "pending",
    reason: "Its containers are being created.",
    say: say("creating"),
  };
}

function say(id: CauseId, params: Record<string, string> = {}): SaidCause {
  return { id, params };
}

/** The Secret or ConfigMap that the kubelet says it looked for in vain. */
function missingInput(words: string): PodCause | undefined {
  const [, word = "", name = ""] = /(secret|configmap) "([^"]+)" not found/i.exec(words) ?? [];
  if (name === "") return undefined;
  const kind = /^s/i.test(word) ? "Secret" : "ConfigMap";
  return {
    state: "starting",
    reason: `${kind} ${name} does not exist yet.`,
    say: say("inputMissing", { kind, name }),
    trouble: "missing-input",
  };
}

function failedContainer(pod: KubeObject): string {
  const ended = containerStates(pod).find((container) => (number(at(container.terminated, "exitCode")) ?? 0) !== 0);
  return ended
    ? `container ${ended.name} ended with exit code ${number(at(ended.terminated, "exitCode"))}`
    : "no reason given";
}

function containerStates(pod: KubeObject): ContainerState[] {
  const read = (statuses: unknown, init: boolean) =>
    list(statuses).map((status) => ({
      name: text(at(status, "name")) ?? "",
      image: text(at(status, "image")) ?? "",
      init,
      ready: at(status, "ready") === true,
      started: at(status, "started") === true,
      restarts: number(at(status, "restartCount")) ?? 0,
      waiting: at(status, "state", "waiting"),
      terminated: at(status, "state", "terminated"),
      last: at(status, "lastState", "terminated"),
    }));
  return [
    ...read(at(pod, "status", "initContainerStatuses"), true),
    ...read(at(pod, "status", "containerStatuses"), false),
  ];
}
