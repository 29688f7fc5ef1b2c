import { asIs, type Words } from "../../../common/contract/index.ts";
import { at, number, text } from "../../../common/json/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { conditionOf, groupOf } from "../objects.ts";

export interface Readiness {
  status: "current" | "in-progress" | "failed" | "terminating";
  /** What it still lacks, or what failed. */
  message: Words;
}

const current: Readiness = { status: "current", message: asIs("") };
const wait = (en: string, ko: string): Readiness => ({ status: "in-progress", message: { en, ko } });
const failed = (en: string, ko: string): Readiness => ({ status: "failed", message: { en, ko } });
/** The cluster's own words where it has some. */
const waitAsTold = (told: string | undefined, en: string, ko: string) => (told ? wait(told, told) : wait(en, ko));
const failedAsTold = (told: string | undefined, en: string, ko: string) => (told ? failed(told, told) : failed(en, ko));

const unseen = wait("its controller has not seen it yet", "컨트롤러가 아직 확인하지 않음");

/**
 * Is an object what its spec says? The rules of kstatus, kind by kind.
 * https://github.com/kubernetes-sigs/cli-utils/blob/master/pkg/kstatus/README.md
 * `expectsReady`: a custom resource whose controller is known to report a Ready condition is not current without one.
 */
export function readinessOf(object: KubeObject, expectsReady = false): Readiness {
  if (object.metadata.deletionTimestamp)
    return { status: "terminating", message: { en: "is being deleted", ko: "삭제되는 중" } };
  const generation = object.metadata.generation;
  const observed = number(at(object, "status", "observedGeneration"));
  if (generation !== undefined && observed !== undefined && observed < generation) {
    return wait("its controller has not seen the change yet", "컨트롤러가 아직 변경을 확인하지 않음");
  }
  const stalled = conditionOf(object, "Stalled");
  if (stalled?.status === "True") return failedAsTold(stalled.message, "Stalled", "멈춤");
  const reconciling = conditionOf(object, "Reconciling");
  if (reconciling?.status === "True") return waitAsTold(reconciling.message, "Reconciling", "조정 중");
  const rule = rules[`${groupOf(object.apiVersion)}/${object.kind}`];
  return rule ? rule(object) : byReadyCondition(object, expectsReady);
}

const rules: Record<string, (object: KubeObject) => Readiness> = {
  "apps/Deployment": deployment,
  "apps/StatefulSet": statefulSet,
  "apps/DaemonSet": daemonSet,
  "apps/ReplicaSet": (object) => counts(object, number(at(object, "spec", "replicas")) ?? 1, ["availableReplicas"]),
  "batch/Job": job,
  "/Pod": pod,
  "/PersistentVolumeClaim": (object) => {
    const phase = text(at(object, "status", "phase"));
    if (phase === "Bound") return current;
    return wait(
      `the claim is ${phase ?? "new"}, not Bound`,
      `볼륨 클레임이 아직 Bound가 아님 (${phase ?? "새 클레임"})`,
    );
  },
  "/Service": (object) =>
    at(object, "spec", "type") === "LoadBalancer" && !text(at(object, "spec", "clusterIP"))
      ? wait("it has no address yet", "아직 주소가 없음")
      : current,
  "/Namespace": (object) =>
    at(object, "status", "phase") === "Terminating" ? wait("it is being deleted", "삭제되는 중") : current,
  "apiextensions.k8s.io/CustomResourceDefinition": definition,
  "apiregistration.k8s.io/APIService": (object) => {
    const available = conditionOf(object, "Available");
    if (available?.status === "True") return current;
    return waitAsTold(available?.message, "not available yet", "아직 사용할 수 없음");
  },
};

function deployment(object: KubeObject): Readiness {
  const progressing = conditionOf(object, "Progressing");
  if (progressing?.reason === "ProgressDeadlineExceeded")
    return failedAsTold(progressing.message, "no progress", "진행되지 않음");
  if (number(at(object, "status", "observedGeneration")) === undefined) return unseen;
  const want = number(at(object, "spec", "replicas")) ?? 1;
  const short = counts(object, want, ["replicas", "updatedReplicas"]);
  if (short.status !== "current") return withReplicaFailure(object, short);
  const updated = number(at(object, "status", "updatedReplicas")) ?? 0;
  const all = number(at(object, "status", "replicas")) ?? 0;
  if (all > updated)
    return wait(`${all - updated} old pods are still ending`, `이전 파드 ${all - updated}개가 종료되는 중`);
  const available = counts(object, want, ["availableReplicas", "readyReplicas"]);
  if (available.status !== "current") return withReplicaFailure(object, available);
  const condition = conditionOf(object, "Available");
  return condition && condition.status !== "True"
    ? waitAsTold(condition.message, "not available yet", "아직 사용할 수 없음")
    : current;
}

/** Pods that could not even be created: quota, admission, a webhook that does not answer. */
function withReplicaFailure(object: KubeObject, otherwise: Readiness): Readiness {
  const failure = conditionOf(object, "ReplicaFailure");
  return failure?.status === "True" && failure.message ? wait(failure.message, failure.message) : otherwise;
}

function statefulSet(object: KubeObject): Readiness {
  if (at(object, "spec", "updateStrategy", "type") === "OnDelete") return current;
  const want = number(at(object, "spec", "replicas")) ?? 1;
  const short = counts(object, want, ["replicas", "readyReplicas"]);
  if (short.status !== "current") return short;
  const partition = number(at(object, "spec", "updateStrategy", "rollingUpdate", "partition")) ?? 0;
  if (partition > 0) return counts(object, want - partition, ["updatedReplicas"]);
  const revision = text(at(object, "status", "currentRevision"));
  const update = text(at(object, "status", "updateRevision"));
  return revision !== update ? wait("pods are being replaced", "파드를 교체하는 중") : current;
}

function daemonSet(object: KubeObject): Readiness {
  const want = number(at(object, "status", "desiredNumberScheduled"));
  if (want === undefined || number(at(object, "status", "observedGeneration")) === undefined) {
    return unseen;
  }
  return counts(object, want, ["currentNumberScheduled", "updatedNumberScheduled", "numberAvailable", "numberReady"]);
}

function job(object: KubeObject): Readiness {
  const failure = conditionOf(object, "Failed");
  if (failure?.status === "True") return failedAsTold(failure.message, "the job failed", "잡이 실패함");
  if (conditionOf(object, "Complete")?.status === "True") return current;
  if (at(object, "spec", "suspend") === true) return current;
  return text(at(object, "status", "startTime")) ? current : wait("the job has not started", "잡이 아직 시작되지 않음");
}

function pod(object: KubeObject): Readiness {
  const phase = text(at(object, "status", "phase"));
  if (phase === "Succeeded") return current;
  if (phase === "Failed") return failedAsTold(text(at(object, "status", "message")), "the pod failed", "파드가 실패함");
  if (phase === "Running" && conditionOf(object, "Ready")?.status === "True") return current;
  return waitAsTold(
    conditionOf(object, "Ready")?.message,
    `the pod is ${phase ?? "new"}`,
    `파드 상태: ${phase ?? "새 파드"}`,
  );
}

function definition(object: KubeObject): Readiness {
  const names = conditionOf(object, "NamesAccepted");
  if (names?.status === "False") return failedAsTold(names.message, "its names are taken", "이름이 이미 사용 중임");
  const established = conditionOf(object, "Established");
  if (established?.status === "True") return current;
  return waitAsTold(established?.message, "not established yet", "아직 등록되지 않음");
}

function byReadyCondition(object: KubeObject, expectsReady: boolean): Readiness {
  const ready = conditionOf(object, "Ready");
  if (!ready)
    return expectsReady ? wait("its controller has not reported yet", "컨트롤러가 아직 상태를 알리지 않음") : current;
  if (ready.status === "True") return current;
  return waitAsTold(ready.message ?? ready.reason, "not ready yet", "아직 준비되지 않음");
}

const countWords = {
  replicas: { en: "created", ko: "생성됨" },
  updatedReplicas: { en: "up to date", ko: "최신 상태" },
  availableReplicas: { en: "available", ko: "사용 가능" },
  readyReplicas: { en: "ready", ko: "준비됨" },
  currentNumberScheduled: { en: "scheduled", ko: "배치됨" },
  updatedNumberScheduled: { en: "up to date", ko: "최신 상태" },
  numberAvailable: { en: "available", ko: "사용 가능" },
  numberReady: { en: "ready", ko: "준비됨" },
} satisfies Record<string, Words>;

function counts(object: KubeObject, want: number, fields: readonly (keyof typeof countWords)[]): Readiness {
  for (const field of fields) {
    const have = number(at(object, "status", field)) ?? 0;
    const { en, ko } = countWords[field];
    if (have < want) return wait(`${have} of ${want} pods ${en}`, `파드 ${want}개 중 ${have}개 ${ko}`);
  }
  return current;
}
