import { type Message, message } from "../../../common/words/index.ts";
import { structuralSchema } from "./crd-schema.ts";
import { type Fields, inside, items, listed, move, setDefault } from "./json.ts";
import type { Convert, Note } from "./types.ts";

const approved = "api-approved.kubernetes.io";
const columnTypes = new Set(["integer", "number", "string", "boolean", "date"]);
const specFields = new Set(["group", "names", "scope", "versions", "conversion", "preserveUnknownFields"]);
const versionFields = new Set([
  ...["name", "served", "storage", "deprecated", "deprecationWarning", "schema", "subresources"],
  ...["additionalPrinterColumns", "selectableFields"],
]);

/**
 * apiextensions.k8s.io/v1beta1 CustomResourceDefinition as v1.
 * https://kubernetes.io/docs/reference/using-api/deprecation-guide/#customresourcedefinition-v122
 */
export const convertCrd: Convert = (object, _from, note) => {
  const spec = inside(object, "spec") ?? {};
  object.spec = spec;
  const keepUnknown = spec.preserveUnknownFields !== false;
  if (keepUnknown) delete spec.preserveUnknownFields;
  if (setDefault(spec, "scope", "Namespaced"))
    note(message("conversion.written", { field: "spec.scope", value: '"Namespaced"' }));
  approve(object, spec, note);
  names(spec, note);
  const versions = versionsOf(spec, note);
  spec.versions = versions;
  spread(spec, versions, note);
  for (const version of versions) finishVersion(version, keepUnknown, note);
  conversion(spec, note);
  keepOnly(spec, specFields, "spec", note);
  if (object.status !== undefined) {
    delete object.status;
    note(message("conversion.status"));
  }
  return object;
};

/** Groups of the Kubernetes community need to say whether they were reviewed. */
function approve(object: Fields, spec: Fields, note: Note): void {
  if (!/(^|\.)(k8s|kubernetes)\.io$/.test(String(spec.group))) return;
  const metadata = inside(object, "metadata") ?? {};
  const annotations = inside(metadata, "annotations") ?? {};
  if (typeof annotations[approved] === "string" && annotations[approved] !== "") return;
  metadata.annotations = {
    ...annotations,
    [approved]: "unapproved, installed from a KfDef that is older than this rule",
  };
  note(message("conversion.approved", { name: approved, group: String(spec.group) }));
}

function names(spec: Fields, note: Note): void {
  const given = inside(spec, "names");
  if (given === undefined) return;
  keepOnly(given, new Set(["plural", "singular", "shortNames", "kind", "listKind", "categories"]), "spec.names", note);
}

/** spec.versions, from spec.version where there are none. */
function versionsOf(spec: Fields, note: Note): Fields[] {
  const listedVersions = items(spec.versions);
  const single = spec.version;
  delete spec.version;
  if (listedVersions.length > 0) {
    const storage = listedVersions.filter((version) => version.storage === true);
    if (storage.length !== 1)
      for (const version of listedVersions) version.storage = version === (storage[0] ?? listedVersions[0]);
    for (const version of listedVersions) for (const field of ["served", "storage"]) setDefault(version, field, false);
    if (single !== undefined) note(message("conversion.versionDropped"));
    return listedVersions;
  }
  note(message("conversion.versionBecame", { version: String(single) }));
  return [{ name: single, served: true, storage: true }];
}

/** What stood once for all versions goes into each that has none of its own. */
function spread(spec: Fields, versions: Fields[], note: Note): void {
  const moved: string[] = [];
  for (const [from, to] of [
    ["validation", "schema"],
    ["subresources", "subresources"],
    ["additionalPrinterColumns", "additionalPrinterColumns"],
  ] as const) {
    const value = spec[from];
    delete spec[from];
    if (value === undefined || value === null) continue;
    for (const version of versions) setDefault(version, to, structuredClone(value));
    moved.push(`spec.${from}`);
  }
  if (moved.length > 0) note(message("conversion.movedIntoVersions", { fields: listed(moved) }));
}

function finishVersion(version: Fields, keepUnknown: boolean, note: Note): void {
  const told: Note = (what) => note(message("conversion.ofVersion", { version: String(version.name), what }));
  const schema = inside(version, "schema", "openAPIV3Schema");
  version.schema = { openAPIV3Schema: structuralSchema(schema, { keepUnknown, note: told }) };
  if (version.subresources === null) delete version.subresources;
  if (version.additionalPrinterColumns === null) delete version.additionalPrinterColumns;
  const columns = items(version.additionalPrinterColumns);
  if (columns.length > 0) {
    for (const column of columns) {
      move(column, "JSONPath", column, "jsonPath");
      if (!columnTypes.has(String(column.type))) {
        told(message("conversion.columnType", { name: String(column.name) }));
        column.type = "string";
      }
      keepOnly(
        column,
        new Set(["name", "type", "format", "description", "priority", "jsonPath"]),
        message("conversion.theColumn"),
        told,
      );
    }
    told(message("conversion.columnPath"));
  }
  keepOnly(version, versionFields, message("conversion.theVersion"), told);
}

function conversion(spec: Fields, note: Note): void {
  const given = inside(spec, "conversion");
  if (given === undefined) {
    delete spec.conversion;
    return;
  }
  if (given.strategy !== "Webhook") {
    spec.conversion = { strategy: given.strategy ?? "None" };
    return;
  }
  const clientConfig = inside(given, "webhookClientConfig") ?? inside(given, "webhook", "clientConfig") ?? {};
  const versions = given.conversionReviewVersions ?? inside(given, "webhook")?.conversionReviewVersions ?? ["v1beta1"];
  if (typeof clientConfig.caBundle === "string" && !holdsCertificate(clientConfig.caBundle)) {
    delete clientConfig.caBundle;
    note(message("conversion.caBundle"));
  }
  spec.conversion = { strategy: "Webhook", webhook: { clientConfig, conversionReviewVersions: versions } };
  note(message("conversion.clientConfig"));
}

function holdsCertificate(base64: string): boolean {
  return Buffer.from(base64, "base64").toString("latin1").includes("-----BEGIN CERTIFICATE-----");
}

/** Server-side apply refuses fields that are not declared; v1beta1 servers passed over them. */
export function keepOnly(object: Fields, known: ReadonlySet<string>, where: string | Message, note: Note): void {
  for (const [name, value] of Object.entries(object)) {
    if (known.has(name)) continue;
    delete object[name];
    if (value !== null) note(message("conversion.unknownField", { field: name, where }));
  }
}
