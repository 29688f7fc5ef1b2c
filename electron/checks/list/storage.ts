import { stringify } from "yaml";
import { list, text } from "../../../common/json/index.ts";
import { atClaim, atStatefulSet, atStorageClass, isKind } from "../../../common/kube/index.ts";
import { message } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { fieldManager, refOf, resourcesOf } from "../../install/index.ts";
import { type Check, type Fix, failed, passed } from "../check.ts";
import type { World } from "../world.ts";
import { localPathProvisioner } from "./local-path.ts";
import { someNames } from "./refs.ts";

const storageApi = "storage.k8s.io/v1";
export const defaultAnnotation = "storageclass.kubernetes.io/is-default-class";

/** A claim that names no class waits for ever where there is no default one, and its pod with it. */
export const storage: Check = {
  id: "storage",
  level: "must",
  name: message("checks.storage"),
  of: "plan",
  async run(world, { nodes, platform }) {
    const claims = nodes.filter(({ object }) => wantsDefault(object));
    const classes = await world.all(storageApi, "StorageClass");
    if (claims.length === 0 || classes === undefined) return undefined;
    const gib = Math.ceil(claims.reduce((sum, { object }) => sum + resourcesOf(object).storageBytes, 0) / 2 ** 30);
    // Where several are, the newest counts: https://kubernetes.io/docs/concepts/storage/storage-classes/#default-storageclass
    const [standard] = classes.filter(isDefault).toSorted((a, b) => createdAt(b).localeCompare(createdAt(a)));
    if (standard === undefined) {
      const seen = { count: claims.length, gib };
      return failed(message("checks.storageNone"), {
        evidence: [message("checks.storageWaits", seen)],
        fix: fixFor(classes),
        objects: classes.map(refOf),
      });
    }
    const name = standard.metadata.name;
    await tryClaim(world);
    const provisioner = text(atStorageClass(standard, "provisioner")) ?? "";
    if (platform !== "practice" && provisioner === "kubernetes.io/no-provisioner")
      return failed(message("checks.storageManual", { name }), {
        evidence: [message("checks.storageManualWay")],
        objects: [refOf(standard)],
      });
    return passed(message("checks.storageOk", { name, provisioner, count: claims.length, gib }));
  },
};

function wantsDefault(object: KubeObject): boolean {
  if (isKind(object, "/PersistentVolumeClaim")) return atClaim(object, "spec", "storageClassName") === undefined;
  if (!isKind(object, "apps/StatefulSet")) return false;
  return list(atStatefulSet(object, "spec", "volumeClaimTemplates")).some(
    (one) => atClaim(one, "spec", "storageClassName") === undefined,
  );
}

const isDefault = ({ metadata }: KubeObject) => metadata.annotations?.[defaultAnnotation] === "true";
const createdAt = ({ metadata }: KubeObject) => String(metadata.creationTimestamp ?? "");

/** Whether the server would take such a claim now. Throws what refuses it. */
async function tryClaim({ client, signal }: World): Promise<void> {
  await client.create(
    {
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: { name: "flowdeck-check", namespace: "default" },
      spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Mi" } } },
    },
    { dryRun: true, signal },
  );
}

function fixFor(classes: readonly KubeObject[]): Fix {
  const made = classes.filter((one) => text(atStorageClass(one, "provisioner")) !== "kubernetes.io/no-provisioner");
  // A class that waits for the pod puts the volume where the pod can run.
  const waits = made.find((one) => atStorageClass(one, "volumeBindingMode") === "WaitForFirstConsumer");
  const chosen = waits ?? made[0];
  return chosen === undefined ? installLocalPath() : makeDefault(chosen, made);
}

function makeDefault(chosen: KubeObject, classes: readonly KubeObject[]): Fix {
  const { name } = chosen.metadata;
  const others = classes.filter((one) => one !== chosen).map(({ metadata }) => metadata.name);
  return {
    title: message("checks.makeDefault", { name }),
    about: [
      message("checks.makeDefaultAbout", { name, provisioner: text(atStorageClass(chosen, "provisioner")) ?? "" }),
      ...(others.length === 0 ? [] : [message("checks.otherClasses", { names: someNames(others) })]),
    ],
    lines: [`kubectl annotate storageclass ${name} ${defaultAnnotation}=true --overwrite`],
    async run({ client, signal }) {
      const patch = { metadata: { annotations: { [defaultAnnotation]: "true" } } };
      await client.mergePatch({ apiVersion: storageApi, kind: "StorageClass", name }, patch, { signal });
    },
  };
}

function installLocalPath(): Fix {
  return {
    title: message("checks.localPath"),
    about: [message("checks.localPathAbout", { count: localPathProvisioner.length }), message("checks.localPathNode")],
    lines: [
      "kubectl apply -f - <<'EOF'",
      ...localPathProvisioner
        .map((object) => stringify(object).trimEnd())
        .join("\n---\n")
        .split("\n"),
      "EOF",
    ],
    async run({ client, signal }) {
      // One after another: the namespace first, and the class, which makes claims count on it, last.
      for (const object of localPathProvisioner) await client.apply(object, { fieldManager, signal });
    },
  };
}
