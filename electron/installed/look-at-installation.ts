import { type AppError, type InstalledView, toAppError } from "../../common/contract/index.ts";
import { at, text } from "../../common/json/index.ts";
import { atClaim, parseQuantity } from "../../common/kube/index.ts";
import type { KubeObject } from "../cluster/index.ts";
import { componentLabel, installationLabel } from "../install/index.ts";
import { type Answer, causesOf, type Look, linkTo, lookBeside } from "../objects/index.ts";
import { addressOf } from "./address.ts";
import { type RunningWorkload, seeComponents } from "./components.ts";
import { doorsOf } from "./doors.ts";
import { gpusIn, notebookLabel } from "./gpus.ts";
import { watchedKinds } from "./read-subjects.ts";
import type { Subject } from "./subject.ts";

const ownersShown = 8;

/** An installation as the cluster has it now. */
export function lookAtInstallation(look: Look, subject: Subject): InstalledView {
  const asked: Answer[] = [];
  const workloads = subject.workloads ? knownWorkloads(look, subject, asked) : labelledWorkloads(look, subject, asked);
  return viewOf(look, { ...subject, components: componentsIn(subject, workloads) }, workloads, asked);
}

/** The view of an installation whose workloads are known. `asked`: lists that were needed to know them. */
export function viewOf(
  look: Look,
  subject: Subject,
  workloads: readonly RunningWorkload[],
  asked: Answer[],
): InstalledView {
  const namespaces = [...new Set(workloads.map(({ ref }) => ref.namespace ?? ""))].filter(Boolean).sort();
  const inEach = (kind: string) =>
    namespaces.flatMap((namespace) => {
      const answer = look.list({ apiVersion: "v1", kind, namespace });
      asked.push(answer);
      return answer.objects;
    });
  const seen = seeComponents(subject.components, {
    ...{ workloads, pods: inEach("Pod"), now: look.now },
    causeOf: (workload) => causesOf(look, workload)[0],
    linkTo: ({ ref, live }) => linkTo(look, { ...ref, uid: live?.metadata.uid }),
  });
  const { components: _components, workloads: _workloads, dashboard, ...facts } = subject;
  const address = addressIn(look, dashboard);
  const profiles = profilesIn(look);
  const gpus = gpusIn(
    look.list({ apiVersion: "v1", kind: "Node" }).objects,
    () => look.list({ apiVersion: "v1", kind: "Pod", labelSelector: notebookLabel }).objects,
    (namespace) => ownerIn(look, namespace),
  );
  const problem = problemIn(asked);
  return {
    ...facts,
    ...{ health: problem && seen.health === "ok" ? "unknown" : seen.health },
    ...(seen.since === undefined ? {} : { since: seen.since }),
    components: seen.components,
    attention: seen.attention,
    doors: doorsOf(workloads),
    ...(address ? { address } : {}),
    ...(profiles ? { profiles } : {}),
    ...(gpus ? { gpus } : {}),
    storage: storageIn(inEach("PersistentVolumeClaim")),
    looking: asked.some(({ known }) => !known),
    ...(problem ? { problem } : {}),
  };
}

/** What was applied, as it is: by the label, or one by one where it was there before and has none. */
function knownWorkloads(look: Look, subject: Subject, asked: Answer[]): RunningWorkload[] {
  const live = byKey(labelled(look, subject, asked));
  return (subject.workloads ?? []).map(({ ref, component }) => {
    const found = live.get(keyOf(ref.kind, ref)) ?? lookBeside(look, ref).object;
    return { ref, component, live: found };
  });
}

function labelledWorkloads(look: Look, subject: Subject, asked: Answer[]): RunningWorkload[] {
  return labelled(look, subject, asked).map((live) => {
    const { name, namespace, labels } = live.metadata;
    const ref = { apiVersion: live.apiVersion, kind: live.kind, name, ...(namespace ? { namespace } : {}) };
    return { ref, live, component: labels?.[componentLabel] ?? "" };
  });
}

function labelled(look: Look, { id }: Subject, asked: Answer[]): KubeObject[] {
  return watchedKinds.flatMap((kind) => {
    const answer = look.list({ apiVersion: "apps/v1", kind, labelSelector: `${installationLabel}=${id}` });
    asked.push(answer);
    return answer.objects;
  });
}

function byKey(objects: readonly KubeObject[]): Map<string, KubeObject> {
  return new Map(objects.map((object) => [keyOf(object.kind, object.metadata), object]));
}

function keyOf(kind: string, { namespace = "", name }: { namespace?: string | undefined; name: string }): string {
  return `${kind}/${namespace}/${name}`;
}

/** Those that the journal names; of another computer's installation those that its workloads are labelled with. */
function componentsIn(subject: Subject, workloads: readonly RunningWorkload[]): Subject["components"] {
  if (subject.components.length > 0) return subject.components;
  return [...new Set(workloads.map(({ component }) => component))].sort().map((id) => ({ id, title: id }));
}

function addressIn(look: Look, { namespace, service, port }: Subject["dashboard"]): InstalledView["address"] {
  const named = { apiVersion: "v1", kind: "Service", namespace, name: service };
  const { object } = lookBeside(look, named);
  if (object === undefined) return undefined;
  const nodes = () => look.list({ apiVersion: "v1", kind: "Node" }).objects;
  return { ...addressOf(object, port, nodes), service: linkTo(look, { ...named, uid: object.metadata.uid }) };
}

function allProfiles(look: Look): readonly KubeObject[] | undefined {
  const resource = look.resource("kubeflow.org", "Profile");
  if (resource === undefined) return undefined;
  const { objects, failure } = look.list({ apiVersion: `kubeflow.org/${resource.version}`, kind: "Profile" });
  return failure === undefined ? objects : undefined;
}

function ownerIn(look: Look, namespace: string): string | undefined {
  const profile = allProfiles(look)?.find(({ metadata }) => metadata.name === namespace);
  return text(at(profile, "spec", "owner", "name"));
}

function profilesIn(look: Look): InstalledView["profiles"] {
  const objects = allProfiles(look);
  if (objects === undefined) return undefined;
  const owners = objects.map((profile) => text(at(profile, "spec", "owner", "name")) ?? "").filter(Boolean);
  return { total: objects.length, owners: [...new Set(owners)].sort().slice(0, ownersShown) };
}

function storageIn(claims: readonly KubeObject[]): NonNullable<InstalledView["storage"]> {
  const bytes = claims.reduce((sum, claim) => {
    const written =
      atClaim(claim, "status", "capacity", "storage") ?? atClaim(claim, "spec", "resources", "requests", "storage");
    return sum + (parseQuantity(written) ?? 0);
  }, 0);
  const classes = claims.map((claim) => text(atClaim(claim, "spec", "storageClassName")) ?? "").filter(Boolean);
  return { claims: claims.length, bytes, classes: [...new Set(classes)].sort() };
}

function problemIn(asked: readonly Answer[]): AppError | undefined {
  const failure = asked.find((answer) => answer.failure !== undefined)?.failure;
  return failure && toAppError(failure);
}
