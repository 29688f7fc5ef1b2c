import { text } from "../../common/json/index.ts";
import { atTerminated } from "../../common/kube/index.ts";
import type { KubeEvent } from "./events.ts";

/** What causes read of an event about a pod. */
export type PodEvent = Pick<KubeEvent, "warning" | "reason" | "message" | "count" | "last" | "fieldPath">;

export function newest(events: readonly PodEvent[], is: (event: PodEvent) => boolean): PodEvent | undefined {
  let found: PodEvent | undefined;
  for (const event of events) if (is(event) && (found === undefined || event.last >= found.last)) found = event;
  return found;
}

/** Events of a container, and those that don't say of which they are. */
export function isOf(container: string, { fieldPath }: PodEvent): boolean {
  return !fieldPath?.includes("{") || fieldPath.endsWith(`{${container}}`);
}

/** Pulls that failed; of the kubelet's events about one only these say why. */
export function failedPulls(events: readonly PodEvent[], container: string, image: string): PodEvent[] {
  const own = events.filter(
    (event) => event.reason === "Failed" && /^failed to pull image/i.test(event.message) && isOf(container, event),
  );
  const ofImage = own.filter(({ message }) => message.includes(image));
  return ofImage.length > 0 ? ofImage : own;
}

/** The image that is being pulled now for a container that waits. */
export function pulledNow(events: readonly PodEvent[], container: string): string | undefined {
  const own = events.filter((event) => isOf(container, event));
  const pulling = newest(own, ({ reason }) => reason === "Pulling");
  if (pulling === undefined) return undefined;
  const since = newest(
    own,
    ({ reason, last }) => last > pulling.last && /^(Pulled|Failed|BackOff|Created)$/.test(reason),
  );
  return since === undefined ? (/"([^"]+)"/.exec(pulling.message)?.[1] ?? "") : undefined;
}

/** What the kubelet ended a container for, or could not go on with: its probes and hooks. */
export interface Killed {
  by: "liveness" | "startup" | "postStart";
  /** The probe's or hook's own words. */
  words: string | undefined;
}

/** @param end how its last run ended: what was told long before that was about an earlier one */
export function killedBy(events: readonly PodEvent[], container: string, end: unknown): Killed | undefined {
  const finished = Date.parse(text(atTerminated(end, "finishedAt")) ?? "") || 0;
  const own = events.filter((event) => isOf(container, event) && event.last >= finished - sameRunMs);
  const hook = newest(own, ({ reason }) => reason === "FailedPostStartHook");
  const kill = newest(
    own,
    ({ reason, message }) =>
      reason === "Killing" &&
      (message.includes(`Container ${container} failed`) || /^FailedPostStartHook/.test(message)),
  );
  const probe = newest(
    own,
    ({ reason, message }) => reason === "Unhealthy" && /^(liveness|startup) probe/i.test(message),
  );
  const last = Math.max(kill?.last ?? 0, probe?.last ?? 0);
  if (hook !== undefined && hook.last >= last - hookTogetherMs) return { by: "postStart", words: hook.message };
  const told =
    kill?.message.match(/failed (liveness|startup) probe/i)?.[1] ?? probe?.message.match(/^(liveness|startup)/i)?.[1];
  if (told === undefined) return undefined;
  return { by: /^startup/i.test(told) ? "startup" : "liveness", words: probe?.message };
}

/** A kubelet that has told much of a pod tells more only every five minutes, and a container may take long to end. */
const sameRunMs = 600_000;
/** A hook's event and that of the kill it leads to. */
const hookTogetherMs = 5_000;

/** Why a pod's sandbox or volumes could not be set up. */
export function setUpFailure(events: readonly PodEvent[]): { volume: boolean; words: string } | undefined {
  const failed = newest(events, ({ warning, reason, message }) => {
    if (!warning) return false;
    return (
      /^(FailedMount|FailedAttachVolume|FailedMapVolume|FailedCreatePodSandBox|NetworkNotReady)$/.test(reason) ||
      /MountVolume|AttachVolume|unable to attach or mount/i.test(message)
    );
  });
  if (failed === undefined) return undefined;
  return { volume: !/^(FailedCreatePodSandBox|NetworkNotReady)$/.test(failed.reason), words: failed.message };
}

/** The probe that fails while a container runs. */
export function failedProbe(events: readonly PodEvent[], container: string): PodEvent | undefined {
  return newest(
    events,
    (event) => event.reason === "Unhealthy" && /probe (failed|errored)/i.test(event.message) && isOf(container, event),
  );
}
