import { posix } from "node:path";
import { FlowdeckError } from "../../../common/contract/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import { cannotBuild } from "./cannot-build.ts";
import type { Generator, JsonPatch, Kustomization } from "./kustomization.ts";

type List =
  | "bases"
  | "resources"
  | "images"
  | "crds"
  | "configMapGenerator"
  | "secretGenerator"
  | "vars"
  | "patchesStrategicMerge"
  | "patchesJson6902"
  | "configurations";
type Merged = Kustomization & Required<Pick<Kustomization, List>>;

/**
 * Puts the kustomizations of an application's base and overlays together into one for its own folder, as kfctl does
 * (MergeKustomization in pkg/kfapp/kustomize/kustomize.go): where a name comes twice, labels and annotations take the
 * last, everything else keeps the first.
 */
export class Merge {
  readonly result: Merged = {
    apiVersion: "kustomize.config.k8s.io/v1beta1",
    kind: "Kustomization",
    bases: [],
    resources: [],
    images: [],
    crds: [],
    configMapGenerator: [],
    secretGenerator: [],
    vars: [],
    patchesStrategicMerge: [],
    patchesJson6902: [],
    configurations: [],
  };
  /** What was left out of account, in words. */
  readonly left: Message[] = [];
  readonly #application: string;
  readonly #seen = new Map<string, Set<string>>();

  constructor(application: string) {
    this.#application = application;
  }

  /** `folder`: of the kustomization, in the application's (`base`, `overlays/x`). */
  add(folder: string, child: Kustomization): void {
    const { result } = this;
    // What builds on nothing else is built on as it is.
    if (child.bases === undefined) {
      if (this.#first("bases", folder)) result.bases.push(folder);
      return;
    }
    for (const base of child.bases) {
      const path = this.#inside(folder, base);
      if (this.#first("bases", path)) result.bases.push(path);
      else this.#first("bases", folder);
    }
    result.namePrefix ||= child.namePrefix ?? "";
    result.nameSuffix ||= child.nameSuffix ?? "";
    result.commonLabels = { ...result.commonLabels, ...child.commonLabels };
    result.commonAnnotations = { ...result.commonAnnotations, ...child.commonAnnotations };
    if (child.generatorOptions !== undefined) result.generatorOptions ??= child.generatorOptions;
    this.#paths("resources", folder, child);
    for (const image of child.images ?? []) {
      if (this.#first("images", image.name ?? "")) result.images.push(image);
      else this.left.push(message("kfBuild.imageBefore", { folder, name: image.name ?? "" }));
    }
    for (const crd of child.crds ?? []) {
      if (this.#first("crds", crd)) result.crds.push(crd);
      else this.left.push(message("kfBuild.crdBefore", { folder, name: crd }));
    }
    for (const one of child.configMapGenerator ?? []) this.#configMap(folder, one);
    for (const one of child.secretGenerator ?? []) this.#secret(folder, one);
    for (const one of child.vars ?? []) {
      if (this.#first("vars", one.name ?? "")) result.vars.push(one);
      else this.left.push(message("kfBuild.variableBefore", { folder, name: one.name ?? "" }));
    }
    this.#paths("patchesStrategicMerge", folder, child);
    for (const patch of child.patchesJson6902 ?? []) this.#jsonPatch(folder, patch);
    this.#paths("configurations", folder, child);
    for (const field of ["patches", "replicas", "generators", "transformers", "inventory"] as const)
      if (child[field] !== undefined) this.left.push(message("kfBuild.notTaken", { folder, field }));
  }

  /** Is it the first time that this comes? */
  #first(list: string, name: string): boolean {
    const names = this.#seen.get(list) ?? new Set();
    this.#seen.set(list, names);
    if (names.has(name)) return false;
    names.add(name);
    return true;
  }

  #paths(field: "resources" | "patchesStrategicMerge" | "configurations", folder: string, child: Kustomization): void {
    for (const value of child[field] ?? []) {
      const path = this.#inside(folder, value);
      if (this.#first(field, path)) this.result[field].push(path);
    }
  }

  /** A path of the child's, seen from the application's folder. Throws `build-failed` when it is not in there. */
  #inside(folder: string, path: string): string {
    const joined = posix.join(folder, path);
    if (joined !== "." && joined !== ".." && !joined.startsWith("../")) return joined.replace(/\/$/, "");
    throw new FlowdeckError(
      "build-failed",
      cannotBuild(this.#application, message("kfBuild.notBelow", { folder, path })),
      {
        advice: message("kfBuild.notBelowAdvice"),
      },
    );
  }

  #sources(folder: string, from: Generator, to: Generator): void {
    if ((from.envs ?? []).length > 0) to.envs = (from.envs ?? []).map((path) => this.#inside(folder, path));
    if (from.env !== undefined && from.env !== "") to.env = this.#inside(folder, from.env);
    if ((from.files ?? []).length > 0) {
      // What kfctl does here: the files go, and the last of them becomes `env`.
      delete to.files;
      for (const path of from.files ?? []) to.env = this.#inside(folder, path);
    }
    if ((from.literals ?? []).length > 0) to.literals = [...(from.literals ?? [])];
  }

  #configMap(folder: string, child: Generator): void {
    const made: Generator = { name: child.name ?? "", namespace: child.namespace ?? "" };
    this.#sources(folder, child, made);
    const behavior = behaviorOf(child);
    if (behavior === "create") {
      if (this.#first("configMapGenerator", child.name ?? "")) this.result.configMapGenerator.push(made);
      return;
    }
    this.result.configMapGenerator.push({ ...made, behavior });
    this.#first("configMapGenerator", child.name ?? "");
  }

  #secret(folder: string, child: Generator): void {
    const made: Generator = { ...child };
    this.#sources(folder, child, made);
    const behavior = behaviorOf(child);
    const first = this.#first("secretGenerator", child.name ?? "");
    if (behavior === "create" && !first) return;
    this.result.secretGenerator.push(behavior === "unspecified" ? { ...made, behavior } : made);
  }

  #jsonPatch(folder: string, { target, path }: JsonPatch): void {
    if (path === undefined || path === "")
      throw new FlowdeckError(
        "build-failed",
        cannotBuild(this.#application, message("kfBuild.patchNoFile", { folder })),
      );
    const file = this.#inside(folder, path);
    if (this.#first("patchesJson6902", `${file}-${target?.name ?? ""}`))
      this.result.patchesJson6902.push({ target: target ?? {}, path: file });
  }
}

function behaviorOf({ behavior }: Generator): string {
  return behavior === "create" || behavior === "merge" || behavior === "replace" ? behavior : "unspecified";
}

/** JSON patches of one object become one file: its name, and the files that are put into it, one behind another. */
export function joinJsonPatches(patches: readonly JsonPatch[]): { patch: JsonPatch; from: string[] }[] {
  const joined = new Map<string, { patch: JsonPatch; from: string[] }>();
  for (const { target = {}, path = "" } of patches) {
    const key = `${target.name ?? ""}-${target.kind ?? ""}`;
    const same = joined.get(key) ?? { patch: { target, path: `${key}.yaml` }, from: [] };
    same.from.push(path);
    joined.set(key, same);
  }
  return [...joined.values()];
}
