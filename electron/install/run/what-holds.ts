import { asIs, type Words } from "../../../common/contract/index.ts";
import { at, list, text } from "../../../common/json/index.ts";
import { conditionOf, isKind } from "../../../common/kube/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { isDefinition } from "../plan/waves.ts";

/** Why an object that was deleted is still there: what its own conditions say, else its finalizers. */
export function whatHolds(object: KubeObject): Words {
  if (isKind(object, "/Namespace")) {
    const words = list(at(object, "status", "conditions"))
      .filter((condition) => at(condition, "status") === "True")
      .map((condition) => text(at(condition, "message")))
      .filter((message) => message !== undefined && message !== "");
    if (words.length > 0) return asIs(words.join(" "));
  }
  const failure = cleanUpFailure(object);
  if (failure)
    return {
      en: `the API server could not remove its objects: ${failure}`,
      ko: `API 서버가 이 종류의 오브젝트를 삭제하지 못함: ${failure}`,
    };
  const finalizers = object.metadata.finalizers ?? [];
  if (finalizers.length > 0) {
    const names = finalizers.join(", ");
    return {
      en: `its finalizers ${names} have not been cleared; the controllers that set them do that`,
      ko: `파이널라이저 ${names} 아직 해제되지 않음; 이를 설정한 컨트롤러가 해제함`,
    };
  }
  return { en: "the API server has not removed it yet", ko: "API 서버가 아직 삭제하지 않음" };
}

/**
 * Why the API server's clean-up of a definition's objects failed. It tries again by itself, but after ever longer
 * pauses, even where only the kind's storage was just being set up; any change of the definition makes it try at once
 * (k8s.io/apiextensions-apiserver, pkg/controller/finalizer).
 */
export function cleanUpFailure(object: KubeObject): string | undefined {
  if (!isDefinition(object) || !object.metadata.deletionTimestamp) return undefined;
  const terminating = conditionOf(object, "Terminating");
  return terminating?.reason === "InstanceDeletionFailed" ? (terminating.message ?? "no reason given") : undefined;
}
