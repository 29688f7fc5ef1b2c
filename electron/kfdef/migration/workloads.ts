import { message } from "../../../common/words/index.ts";
import { type Fields, inside, setDefault } from "./json.ts";
import type { Convert, Note } from "./types.ts";

/** MaxInt32, with which extensions/v1beta1 said "all" and "never". */
const unlimited = 2_147_483_647;

/**
 * Deployment of extensions/v1beta1 and apps/v1beta1|2 as apps/v1.
 * https://kubernetes.io/docs/reference/using-api/deprecation-guide/#deployment-v116
 */
export const convertDeployment: Convert = (object, from, note) => {
  const spec = specOf(object);
  selectorFromLabels(object, spec, note);
  dropField(spec, "rollbackTo", note);
  if (from === "extensions/v1beta1") {
    writeDefault(spec, "progressDeadlineSeconds", unlimited, note);
    writeDefault(spec, "revisionHistoryLimit", unlimited, note);
    const type = inside(spec, "strategy")?.type ?? "RollingUpdate";
    if (type === "RollingUpdate") {
      const strategy = inside(spec, "strategy") ?? {};
      const rollingUpdate = inside(strategy, "rollingUpdate") ?? {};
      const surge = setDefault(rollingUpdate, "maxSurge", 1);
      const unavailable = setDefault(rollingUpdate, "maxUnavailable", 1);
      spec.strategy = { ...strategy, type, rollingUpdate };
      if (surge || unavailable) note(message("conversion.rollingUpdate"));
    }
  } else if (from === "apps/v1beta1") writeDefault(spec, "revisionHistoryLimit", 2, note);
  return object;
};

/** DaemonSet. https://kubernetes.io/docs/reference/using-api/deprecation-guide/#daemonset-v116 */
export const convertDaemonSet: Convert = (object, from, note) => {
  const spec = specOf(object);
  selectorFromLabels(object, spec, note);
  dropField(spec, "templateGeneration", note);
  if (from === "extensions/v1beta1") updateOnDelete(spec, note);
  return object;
};

/** StatefulSet. https://kubernetes.io/docs/reference/using-api/deprecation-guide/#statefulset-v116 */
export const convertStatefulSet: Convert = (object, from, note) => {
  const spec = specOf(object);
  selectorFromLabels(object, spec, note);
  if (from === "apps/v1beta1") updateOnDelete(spec, note);
  return object;
};

/** ReplicaSet. https://kubernetes.io/docs/reference/using-api/deprecation-guide/#replicaset-v116 */
export const convertReplicaSet: Convert = (object, _from, note) => {
  selectorFromLabels(object, specOf(object), note);
  return object;
};

function specOf(object: Fields): Fields {
  const spec = inside(object, "spec") ?? {};
  object.spec = spec;
  return spec;
}

/** apps/v1 wants the selector to be written; before, the template's labels were taken for it. */
function selectorFromLabels(object: Fields, spec: Fields, note: Note): void {
  const labels = inside(spec, "template", "metadata", "labels");
  const selector = inside(spec, "selector");
  const empty =
    selector === undefined || Object.values(selector).every((value) => value === null || value === undefined);
  if (empty && labels !== undefined) {
    spec.selector = { matchLabels: { ...labels } };
    note(message("conversion.selector"));
  }
  if (object.status !== undefined) delete object.status;
}

function updateOnDelete(spec: Fields, note: Note): void {
  const strategy = inside(spec, "updateStrategy") ?? {};
  if (!setDefault(strategy, "type", "OnDelete")) return;
  spec.updateStrategy = strategy;
  note(message("conversion.written", { field: "spec.updateStrategy.type", value: '"OnDelete"' }));
}

function writeDefault(spec: Fields, field: string, value: number, note: Note): void {
  if (setDefault(spec, field, value))
    note(message("conversion.written", { field: `spec.${field}`, value: String(value) }));
}

function dropField(spec: Fields, field: string, note: Note): void {
  if (spec[field] === undefined) return;
  delete spec[field];
  note(message("conversion.droppedAppsV1", { field: `spec.${field}` }));
}
