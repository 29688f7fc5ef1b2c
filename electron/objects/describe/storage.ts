import { at, fields, list, text, textMap, texts } from "../../../common/json/index.ts";
import {
  atClaim,
  atCsiNode,
  atPod,
  atPodVolume,
  atSecret,
  atStorageClass,
  atVolume,
} from "../../../common/kube/index.ts";
import { quantities } from "./containers.ts";
import {
  age,
  annotationLines,
  bracketed,
  conditionTable,
  created,
  type Describer,
  eventTable,
  head,
  labelLines,
  labelsLine,
  sorted,
  word,
  wordOr,
} from "./describe-helpers.ts";
import type { Sheet } from "./describe-writer.ts";
import { volumeSource } from "./volumes.ts";

const classAnnotation = "volume.beta.kubernetes.io/storage-class";
const shortModes: Record<string, string> = {
  ReadWriteOnce: "RWO",
  ReadOnlyMany: "ROX",
  ReadWriteMany: "RWX",
  ReadWriteOncePod: "RWOP",
};

function modes(value: unknown): string {
  const order = Object.keys(shortModes);
  return texts(value)
    .toSorted((one, other) => order.indexOf(one) - order.indexOf(other))
    .map((mode) => shortModes[mode] ?? mode)
    .join(",");
}

export const describeClaim: Describer = (sheet, claim, look) => {
  const { name, namespace, labels, annotations, finalizers, deletionTimestamp } = claim.metadata;
  sheet.pair("Name", name).pair("Namespace", namespace ?? "");
  sheet.pair("StorageClass", annotations?.[classAnnotation] ?? wordOr("", claim, "spec", "storageClassName"));
  sheet.pair(
    "Status",
    deletionTimestamp ? `Terminating (lasts ${age(look, deletionTimestamp)})` : wordOr("", claim, "status", "phase"),
  );
  const bound = Boolean(text(atClaim(claim, "spec", "volumeName")));
  sheet.pair("Volume", wordOr("", claim, "spec", "volumeName"));
  labelLines(sheet, "Labels", labels);
  annotationLines(sheet, annotations);
  sheet.pair("Finalizers", bracketed(finalizers ?? []));
  sheet.pair("Capacity", bound ? (quantities(atClaim(claim, "status", "capacity")).storage ?? "0") : "");
  sheet.pair("Access Modes", bound ? modes(atClaim(claim, "status", "accessModes")) : "");
  sheet.pair("VolumeMode", word(claim, "spec", "volumeMode"));
  const source = atClaim(claim, "spec", "dataSource");
  if (source !== undefined) {
    sheet.heading("DataSource");
    sheet.pair("APIGroup", word(source, "apiGroup"), 1);
    sheet.pair("Kind", word(source, "kind"), 1).pair("Name", word(source, "name"), 1);
  }
  const pods = look
    .list({ apiVersion: "v1", kind: "Pod", namespace, mode: "scan" })
    .objects.filter((pod) =>
      list(atPod(pod, "spec", "volumes")).some(
        (volume) =>
          atPodVolume(volume, "persistentVolumeClaim", "claimName") === name ||
          (atPodVolume(volume, "ephemeral") !== undefined &&
            name === `${pod.metadata.name}-${wordOr("", volume, "name")}`),
      ),
    );
  sheet.values(
    "Used By",
    pods.map((pod) => pod.metadata.name),
  );
  conditionTable(sheet, claim, ["Type", "Status", "LastProbeTime", "LastTransitionTime", "Reason", "Message"]);
  eventTable(sheet, claim, look);
};

export const describeVolume: Describer = (sheet, volume, look) => {
  const { finalizers, deletionTimestamp, annotations } = volume.metadata;
  head(sheet, volume, { namespace: false });
  sheet.pair("Finalizers", bracketed(finalizers ?? []));
  sheet.pair("StorageClass", annotations?.[classAnnotation] ?? wordOr("", volume, "spec", "storageClassName"));
  sheet.pair(
    "Status",
    deletionTimestamp ? `Terminating (lasts ${age(look, deletionTimestamp)})` : wordOr("", volume, "status", "phase"),
  );
  const claim = atVolume(volume, "spec", "claimRef");
  sheet.pair("Claim", claim === undefined ? "" : `${wordOr("", claim, "namespace")}/${wordOr("", claim, "name")}`);
  sheet.pair("Reclaim Policy", wordOr("", volume, "spec", "persistentVolumeReclaimPolicy"));
  sheet.pair("Access Modes", modes(atVolume(volume, "spec", "accessModes")));
  sheet.pair("VolumeMode", word(volume, "spec", "volumeMode"));
  sheet.pair("Capacity", quantities(atVolume(volume, "spec", "capacity")).storage ?? "0");
  nodeAffinity(sheet, atVolume(volume, "spec", "nodeAffinity", "required"));
  sheet.pair("Message", wordOr("", volume, "status", "message"));
  sheet.heading("Source");
  const { capacity: _c, claimRef: _r, nodeAffinity: _n, ...rest } = fields(atVolume(volume, "spec"));
  volumeSource(sheet, rest, 2);
  eventTable(sheet, volume, look);
};

function nodeAffinity(sheet: Sheet, required: unknown): void {
  if (required === undefined) {
    sheet.pair("Node Affinity", "<none>");
    return;
  }
  const terms = list(at(required, "nodeSelectorTerms"));
  sheet.heading("Node Affinity");
  if (terms.length === 0) sheet.pair("Required Terms", "<none>", 1);
  else sheet.heading("Required Terms", 1);
  for (const [index, term] of terms.entries()) {
    const words = list(at(term, "matchExpressions")).map((expression) => {
      const values = texts(at(expression, "values"));
      const start = `${wordOr("", expression, "key")} ${wordOr("", expression, "operator").toLowerCase()}`;
      return values.length > 0 ? `${start} [${values.join(", ")}]` : start;
    });
    sheet.values(`Term ${index}`, words, 2);
  }
}

export const describeStorageClass: Describer = (sheet, storageClass, look) => {
  const { name, annotations } = storageClass.metadata;
  sheet.pair("Name", name);
  const isDefault = Object.entries(annotations ?? {}).some(
    ([key, value]) => /^storageclass\.(beta\.)?kubernetes\.io\/is-default-class$/.test(key) && value === "true",
  );
  sheet.pair("IsDefaultClass", isDefault ? "Yes" : "No");
  sheet.pair("Annotations", labelsLine(annotations ?? {}));
  sheet.pair("Provisioner", word(storageClass, "provisioner"));
  sheet.pair("Parameters", labelsLine(textMap(atStorageClass(storageClass, "parameters"))));
  const grows = atStorageClass(storageClass, "allowVolumeExpansion");
  sheet.pair("AllowVolumeExpansion", grows === undefined ? "<unset>" : grows === true ? "True" : "False");
  const options = texts(atStorageClass(storageClass, "mountOptions"));
  if (options.length === 0) sheet.pair("MountOptions", "<none>");
  else sheet.heading("MountOptions");
  for (const option of options) sheet.text(option, 1);
  sheet.pair("ReclaimPolicy", word(storageClass, "reclaimPolicy"));
  sheet.pair("VolumeBindingMode", word(storageClass, "volumeBindingMode"));
  const topologies = list(atStorageClass(storageClass, "allowedTopologies"));
  if (topologies.length > 0) sheet.heading("AllowedTopologies");
  for (const [index, term] of topologies.entries()) {
    const words = list(at(term, "matchLabelExpressions")).map(
      (expression) => `${wordOr("", expression, "key")} in [${texts(at(expression, "values")).join(", ")}]`,
    );
    sheet.values(`Term ${index}`, words, 1);
  }
  eventTable(sheet, storageClass, look);
};

export const describeCsiNode: Describer = (sheet, node, look) => {
  head(sheet, node, { namespace: false });
  created(sheet, node);
  sheet.heading("Spec");
  const drivers = list(atCsiNode(node, "spec", "drivers"));
  if (drivers.length > 0) sheet.heading("Drivers", 1);
  for (const driver of drivers) {
    sheet.heading(wordOr("", driver, "name"), 2);
    sheet.pair("Node ID", word(driver, "nodeID"), 3);
    const count = word(driver, "allocatable", "count");
    if (count !== undefined) sheet.heading("Allocatables", 3).pair("Count", count, 4);
    if (at(driver, "topologyKeys") !== undefined) {
      sheet.pair("Topology Keys", bracketed(texts(at(driver, "topologyKeys"))), 3);
    }
  }
  eventTable(sheet, node, look);
};

export const describeConfigMap: Describer = (sheet, map, look) => {
  head(sheet, map);
  sheet.text("\nData\n====");
  for (const [key, value] of sorted(textMap(at(map, "data")))) sheet.text(`${key}:\n----\n${value}\n`);
  sheet.text("\nBinaryData\n====");
  for (const [key, value] of sorted(textMap(at(map, "binaryData")))) {
    sheet.text(`${key}: ${Buffer.from(value, "base64").length} bytes`);
  }
  sheet.text("");
  eventTable(sheet, map, look);
};

/** Only how long the values are, as they are known here. A token is shown by kubectl; here it stays hidden. */
export const describeSecret: Describer = (sheet, secret) => {
  head(sheet, secret);
  sheet.text("");
  sheet.pair("Type", wordOr("", secret, "type"));
  sheet.text("\nData\n====");
  for (const [key, value] of sorted(textMap(atSecret(secret, "data")))) {
    sheet.pair(key, `${Buffer.from(value, "base64").length} bytes`);
  }
};
