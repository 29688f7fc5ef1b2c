import { asIs, type Words } from "../../../common/contract/index.ts";
import { conditionOf, type Health, type HealthReason, health, type Stage } from "../../../common/kube/index.ts";
import type { KubeObject } from "../../cluster/index.ts";

export interface Readiness {
  status: Stage;
  /** What it still lacks, or what failed. */
  message: Words;
}

/**
 * Is an object what its spec says, in words for what waits for it.
 * `expectsReady`: a custom resource whose controller is known to report a Ready condition is not current without one.
 */
export function readinessOf(object: KubeObject, expectsReady = false): Readiness {
  const found = health(object);
  if (expectsReady && found.stage === "current" && conditionOf(object, "Ready") === undefined) {
    return { status: "in-progress", message: sentences.noReport({}) };
  }
  const { stage, reason } = found;
  if (stage === "current" || reason === undefined) return { status: stage, message: asIs("") };
  return { status: stage, message: wordsOf(reason, found) };
}

/** The cluster's own words where it has some. */
function wordsOf(reason: HealthReason, { words, params }: Health): Words {
  return words === undefined ? sentences[reason](params) : asIs(words);
}

type Params = Health["params"];
const fixed = (en: string, ko: string) => (): Words => ({ en, ko });
const counted =
  (en: string, ko: string) =>
  ({ have = "0", want = "0" }: Params): Words => ({
    en: `${have} of ${want} pods ${en}`,
    ko: `파드 ${want}개 중 ${have}개 ${ko}`,
  });
const named =
  (en: string, ko: string, param: string) =>
  (params: Params): Words => {
    const value = params[param];
    return value ? { en: `${en} (${value})`, ko: `${ko} (${value})` } : { en, ko };
  };

const sentences: Record<HealthReason, (params: Params) => Words> = {
  deleting: fixed("is being deleted", "삭제되는 중"),
  unobserved: fixed("its controller has not seen it yet", "컨트롤러가 아직 확인하지 않음"),
  changeUnobserved: fixed("its controller has not seen the change yet", "컨트롤러가 아직 변경을 확인하지 않음"),
  stalled: fixed("Stalled", "멈춤"),
  reconciling: fixed("Reconciling", "조정 중"),
  notReady: fixed("not ready yet", "아직 준비되지 않음"),
  noReport: fixed("its controller has not reported yet", "컨트롤러가 아직 상태를 알리지 않음"),
  condition: named("not ready yet", "아직 준비되지 않음", "reason"),
  phase: named("not ready yet", "아직 준비되지 않음", "phase"),
  podsCreated: counted("created", "생성됨"),
  podsUpdated: counted("up to date", "최신 상태"),
  podsAvailable: counted("available", "사용 가능"),
  podsReady: counted("ready", "준비됨"),
  podsScheduled: counted("scheduled", "배치됨"),
  oldPods: ({ count = "" }) => ({
    en: `${count} old pods are still ending`,
    ko: `이전 파드 ${count}개가 종료되는 중`,
  }),
  replacing: fixed("pods are being replaced", "파드를 교체하는 중"),
  unavailable: fixed("not available yet", "아직 사용할 수 없음"),
  podsRefused: fixed("its pods can't be created", "파드를 만들 수 없음"),
  deadline: fixed("no progress", "진행되지 않음"),
  suspended: fixed("it is suspended", "일시 중단됨"),
  jobFailed: fixed("the job failed", "잡이 실패함"),
  jobNotStarted: fixed("the job has not started", "잡이 아직 시작되지 않음"),
  jobRunning: fixed("the job is running", "잡이 실행 중"),
  pod: named("the pod is not ready", "파드가 준비되지 않음", "phase"),
  podFailed: fixed("the pod failed", "파드가 실패함"),
  claimNotBound: named("the claim is not Bound", "볼륨 클레임이 아직 Bound가 아님", "phase"),
  noAddress: fixed("it has no address yet", "아직 주소가 없음"),
  nodeNotReady: named("the node is not ready", "노드가 준비되지 않음", "reason"),
  nodePressure: named("the node reports pressure", "노드에 여유가 없음", "type"),
  cordoned: fixed("the node is cordoned", "노드의 스케줄링이 막혀 있음"),
  notEstablished: fixed("not established yet", "아직 등록되지 않음"),
  namesTaken: fixed("its names are taken", "이름이 이미 사용 중임"),
  cannotScale: named("it can't scale", "자동 스케일링을 할 수 없음", "reason"),
};
