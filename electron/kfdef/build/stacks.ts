import { mkdir } from "node:fs/promises";
import { join, posix } from "node:path";
import { parse, stringify } from "yaml";
import { fields, textMap } from "../../../common/json/index.ts";
import { goYaml } from "../parse/index.ts";
import type { KfDef } from "../types.ts";
import { readIfThere, writeFresh } from "./files.ts";
import { formatKustomization, type Kustomization, kustomizationFile, readKustomization } from "./kustomization.ts";

/**
 * From 1.1 on an application of this name says that all of the file's are "stacks": their folders are built on where
 * they lie in the cache, with neither overlays nor parameters (UsingStacks in pkg/kfconfig/types.go).
 */
export function usesStacks(kfdef: KfDef): boolean {
  return kfdef.spec.applications.some(({ name }) => name === "kubeflow-apps");
}

/** The folder under kustomize/ whose objects an application's parameters are for (SetApplicationParameter there). */
const stackOf = new Map([
  ["centraldashboard", "kubeflow-apps"],
  ["default-install", "kubeflow-apps"],
  ["jupyter-web-app", "kubeflow-apps"],
  ["profiles", "kubeflow-apps"],
  ["aws-alb-ingress-controller", "kubeflow-apps"],
]);

/** Makes, or adds to, the kustomization of a stack. `place`: its folder, seen from KF_DIR. */
export async function generateStack(folder: string, place: string): Promise<void> {
  await change(folder, (kustomization) => {
    kustomization.apiVersion = "kustomize.config.k8s.io/v1beta1";
    kustomization.kind = "Kustomization";
    const resource = posix.join("../..", place);
    if (!kustomization.resources?.includes(resource))
      kustomization.resources = [...(kustomization.resources ?? []), resource];
  });
}

/** Sets a parameter of an application of a stack: one value of its ConfigMap, as a patch beside the kustomization. */
export async function setStackParameter(
  kustomize: string,
  application: string,
  name: string,
  value: string,
): Promise<void> {
  const folder = join(kustomize, stackOf.get(application) ?? application);
  const patch = `${application}-config.yaml`;
  await change(folder, (kustomization) => {
    const { patchesStrategicMerge: patches = [] } = kustomization;
    if (!patches.includes(patch)) kustomization.patchesStrategicMerge = [...patches, patch];
  });
  const before: unknown = parse((await readIfThere(join(folder, patch))) ?? "{}", goYaml);
  const object = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { creationTimestamp: null, name: `${application}-config` },
    ...fields(before),
    data: { ...textMap(fields(before).data), [name]: value },
  };
  await writeFresh(join(folder, patch), stringify(object, { ...goYaml, lineWidth: 0, sortMapEntries: true }));
}

async function change(folder: string, make: (kustomization: Kustomization) => void): Promise<void> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, kustomizationFile);
  const text = await readIfThere(file);
  const kustomization = text === undefined ? {} : readKustomization(text, file);
  make(kustomization);
  await writeFresh(file, formatKustomization(kustomization));
}
