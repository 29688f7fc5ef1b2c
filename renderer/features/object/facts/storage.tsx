import { builtIn, ObjectAnchor } from "../../../state/connected/ObjectAnchor.tsx";
import { get, text, texts } from "../../../state/read.ts";
import { type Fact, type FactSource, known } from "./fact.ts";

export function storageFacts({ target, object, t }: FactSource): Fact[] {
  const { context, kind } = target;
  if (kind === "StorageClass") {
    return known([
      { name: t("object.fact.provisioner"), value: text(object, "provisioner") },
      { name: t("object.fact.reclaim"), value: text(object, "reclaimPolicy") },
      { name: t("object.fact.binding"), value: text(object, "volumeBindingMode") },
      {
        name: t("object.fact.expansion"),
        value: t(get(object, "allowVolumeExpansion") === true ? "object.yes" : "object.no"),
      },
      { name: t("object.fact.isDefault"), value: isDefault(object) ? t("object.yes") : t("object.no") },
    ]);
  }
  const volume = text(object, "spec.volumeName");
  const storageClass = text(object, "spec.storageClassName");
  const claim = text(object, "spec.claimRef.name");
  const claimNamespace = text(object, "spec.claimRef.namespace");
  return known([
    {
      name: t("object.fact.volume"),
      value: volume && <ObjectAnchor context={context} link={builtIn.volume(volume)} />,
    },
    {
      name: t("object.fact.claim"),
      value: claim && claimNamespace && (
        <ObjectAnchor context={context} link={builtIn.claim(claimNamespace, claim)}>
          {claimNamespace}/{claim}
        </ObjectAnchor>
      ),
    },
    {
      name: t("object.fact.class"),
      value: storageClass && <ObjectAnchor context={context} link={builtIn.storageClass(storageClass)} />,
    },
    {
      name: t("object.fact.capacity"),
      value:
        text(object, kind === "PersistentVolume" ? "spec.capacity.storage" : "status.capacity.storage") ??
        text(object, "spec.resources.requests.storage"),
    },
    { name: t("object.fact.accessModes"), value: texts(object, "spec.accessModes").join(", ") },
    { name: t("object.fact.volumeMode"), value: text(object, "spec.volumeMode") },
    { name: t("object.fact.reclaim"), value: text(object, "spec.persistentVolumeReclaimPolicy") },
  ]);
}

function isDefault(object: unknown): boolean {
  const annotations = get(object, "metadata.annotations");
  return (
    typeof annotations === "object" &&
    annotations !== null &&
    Object.entries(annotations).some(
      ([key, value]) => key === "storageclass.kubernetes.io/is-default-class" && value === "true",
    )
  );
}
