import { at, fields, list, textMap } from "../../../common/json/index.ts";
import { atPodTemplate } from "../../../common/kube/index.ts";
import { annotationLines, labelLines, word, wordOr } from "./describe-helpers.ts";
import type { Sheet } from "./describe-writer.ts";

/** What the usual sources are, in kubectl's words, and which of their fields it shows under which names. */
const sources: Record<string, { type: string; shown: [label: string, field: string, fallback: string][] }> = {
  hostPath: {
    type: "HostPath (bare host directory volume)",
    shown: [
      ["Path", "path", ""],
      ["HostPathType", "type", ""],
    ],
  },
  emptyDir: {
    type: "EmptyDir (a temporary directory that shares a pod's lifetime)",
    shown: [
      ["Medium", "medium", ""],
      ["SizeLimit", "sizeLimit", "<unset>"],
    ],
  },
  secret: {
    type: "Secret (a volume populated by a Secret)",
    shown: [
      ["SecretName", "secretName", ""],
      ["Optional", "optional", "false"],
    ],
  },
  configMap: {
    type: "ConfigMap (a volume populated by a ConfigMap)",
    shown: [
      ["Name", "name", ""],
      ["Optional", "optional", "false"],
    ],
  },
  persistentVolumeClaim: {
    type: "PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)",
    shown: [
      ["ClaimName", "claimName", ""],
      ["ReadOnly", "readOnly", "false"],
    ],
  },
  nfs: {
    type: "NFS (an NFS mount that lasts the lifetime of a pod)",
    shown: [
      ["Server", "server", ""],
      ["Path", "path", ""],
      ["ReadOnly", "readOnly", "false"],
    ],
  },
  local: { type: "LocalVolume (a persistent volume backed by local storage on a node)", shown: [["Path", "path", ""]] },
};

export function volumeLines(sheet: Sheet, volumes: readonly unknown[], level: number): void {
  if (volumes.length === 0) {
    sheet.pair("Volumes", "<none>", level);
    return;
  }
  sheet.heading("Volumes", level);
  for (const volume of volumes) {
    sheet.heading(wordOr("", volume, "name"), level + 1);
    const { name: _, ...rest } = fields(volume);
    volumeSource(sheet, rest, level + 2);
  }
}

/** `holder` has one field that is a source: a pod's volume, a PersistentVolume's spec. */
export function volumeSource(sheet: Sheet, holder: Record<string, unknown>, level: number): void {
  const [kind, source] =
    Object.entries(holder).find(([field]) => field in sources || special.has(field)) ??
    Object.entries(holder).find(([, value]) => typeof value === "object" && value !== null && !Array.isArray(value)) ??
    [];
  if (kind === undefined) {
    sheet.text("<unknown>", level);
    return;
  }
  const usual = sources[kind];
  if (usual) {
    sheet.pair("Type", usual.type, level);
    for (const [label, field, fallback] of usual.shown) sheet.pair(label, wordOr(fallback, source, field), level);
  } else if (kind === "projected") projected(sheet, source, level);
  else if (kind === "downwardAPI") downward(sheet, source, level);
  else if (kind === "csi") csi(sheet, source, level);
  else if (kind === "ephemeral") ephemeral(sheet, source, level);
  else other(sheet, kind, source, level);
}

const special = new Set(["projected", "downwardAPI", "csi", "ephemeral"]);

function projected(sheet: Sheet, source: unknown, level: number): void {
  sheet.pair("Type", "Projected (a volume that contains injected data from multiple sources)", level);
  for (const part of list(at(source, "sources"))) {
    const secret = at(part, "secret");
    const map = at(part, "configMap");
    if (secret !== undefined) sheet.pair("SecretName", wordOr("", secret, "name"), level);
    else if (map !== undefined) sheet.pair("ConfigMapName", wordOr("", map, "name"), level);
    else if (at(part, "downwardAPI") !== undefined) sheet.pair("DownwardAPI", "true", level);
    else sheet.pair("TokenExpirationSeconds", word(part, "serviceAccountToken", "expirationSeconds"), level);
    if (secret !== undefined || map !== undefined) {
      sheet.pair("Optional", wordOr("false", secret ?? map, "optional"), level);
    }
  }
}

function downward(sheet: Sheet, source: unknown, level: number): void {
  sheet.pair("Type", "DownwardAPI (a volume populated by information about the pod)", level).heading("Items", level);
  for (const item of list(at(source, "items"))) {
    const from = word(item, "fieldRef", "fieldPath") ?? word(item, "resourceFieldRef", "resource") ?? "";
    sheet.text(`${from} -> ${wordOr("", item, "path")}`, level + 1);
  }
}

function csi(sheet: Sheet, source: unknown, level: number): void {
  sheet
    .pair("Type", "CSI (a Container Storage Interface (CSI) volume source)", level)
    .pair("Driver", wordOr("", source, "driver"), level)
    .pair("FSType", wordOr("", source, "fsType"), level)
    .pair("VolumeHandle", word(source, "volumeHandle"), level)
    .pair("ReadOnly", wordOr("false", source, "readOnly"), level);
  const attributes = Object.entries(textMap(at(source, "volumeAttributes")));
  sheet.values(
    "VolumeAttributes",
    attributes.map(([key, value]) => `${key}=${value}`),
    level,
  );
}

function ephemeral(sheet: Sheet, source: unknown, level: number): void {
  const type = "EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)";
  sheet.pair("Type", type, level);
  const template = at(source, "volumeClaimTemplate");
  sheet.pair("StorageClass", wordOr("", template, "spec", "storageClassName"), level);
  sheet.pair("Volume", "", level);
  labelLines(sheet, "Labels", atPodTemplate(template, "metadata", "labels"), level);
  annotationLines(sheet, atPodTemplate(template, "metadata", "annotations"), "Annotations", level);
  sheet.pair("Capacity", "", level).pair("Access Modes", "", level);
  sheet.pair("VolumeMode", word(template, "spec", "volumeMode"), level);
}

/** Sources that are seen seldom: by their own names. */
function other(sheet: Sheet, kind: string, source: unknown, level: number): void {
  sheet.pair("Type", kind.slice(0, 1).toUpperCase() + kind.slice(1), level);
  for (const [field, value] of Object.entries(fields(source))) {
    const words = word(value);
    if (words !== undefined) sheet.pair(field.slice(0, 1).toUpperCase() + field.slice(1), words, level);
  }
}
