import type {
  CallOutput,
  EditOutcome,
  EditProblem,
  KindSchema,
  ObjectTarget,
  ObjectText,
  ParsedInput,
} from "../../common/contract/index.ts";
import { FlowdeckError } from "../../common/contract/index.ts";
import { at, defined, fields } from "../../common/json/index.ts";
import { message } from "../../common/words/index.ts";
import {
  type ClusterClient,
  type ClusterConnections,
  type KubeObject,
  kubeObjectOf,
  statusOf,
} from "../cluster/index.ts";
import { isSecret } from "../redaction/index.ts";
import { comparable } from "./comparable.ts";
import { changesBetween } from "./field-changes.ts";
import { parseFieldPath } from "./field-path.ts";
import { SchemaPlace } from "./list-shapes.ts";
import { mergeChanges } from "./merge.ts";
import { OpenApiSchemas } from "./openapi.ts";
import { type Place, readObject, writeObject } from "./requests.ts";
import { maskObject, saidWithoutValues, unmaskObject, withoutValues } from "./secret-redaction.ts";
import { readRefusal } from "./server-validation-errors.ts";
import { readYaml, type TextDocument, toYaml } from "./yaml-text.ts";

type EditInput = ParsedInput<"yaml.check">;

/** Another writer was quicker that often: whoever asked hears of it. */
const attempts = 4;

/** Shows objects as text and stores edited ones. */
export class ObjectEditor {
  readonly #connections: ClusterConnections;
  readonly #schemas: OpenApiSchemas;

  constructor(connections: ClusterConnections, schemas = new OpenApiSchemas()) {
    this.#connections = connections;
    this.#schemas = schemas;
  }

  /** Throws `object-not-found`, `forbidden` and whatever keeps it from being read. */
  async text(target: ObjectTarget, signal: AbortSignal): Promise<CallOutput<"yaml.get">> {
    return await this.#connections.use(target.context, async (client) => {
      const object = await readObject(client, placeOf(client, target), signal);
      const { managedFields } = object.metadata;
      const shown = objectText(object);
      return managedFields === undefined
        ? shown
        : { ...shown, managedFields: managedFieldsIn(shown.yaml, managedFields) };
    });
  }

  /** What saving would do, or what is in its way; nothing is stored. */
  async check(input: EditInput, signal: AbortSignal): Promise<EditOutcome> {
    return await this.#edit(input, true, signal);
  }

  /** Stores the edit; without `saved` in what it gives, nothing was stored. */
  async save(input: EditInput, signal: AbortSignal): Promise<EditOutcome> {
    return await this.#edit(input, false, signal);
  }

  async #edit(input: EditInput, dryRun: boolean, signal: AbortSignal): Promise<EditOutcome> {
    return await this.#connections.use(input.target.context, async (client) => {
      // Without a schema lists are merged by what their items are usually known by.
      const schema = this.#schemas.schemaOf(client, input.target, signal).catch(() => undefined);
      return await edit(client, input, { dryRun, schema, signal });
    });
  }
}

function placeOf(client: ClusterClient, { group, version, plural, kind, namespace, name }: ObjectTarget): Place {
  const resource = { group, version, plural, namespaced: namespace !== undefined };
  return {
    path: client.pathOf(resource, { namespace, name }),
    called: `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`,
  };
}

function objectText(object: KubeObject): ObjectText {
  return {
    yaml: toYaml(withoutManagers(object)),
    uid: object.metadata.uid ?? "",
    resourceVersion: object.metadata.resourceVersion ?? "",
    masked: isSecret(object),
  };
}

/** As the page has it. */
function withoutManagers(object: KubeObject): KubeObject {
  const { managedFields: _managedFields, ...metadata } = object.metadata;
  return maskObject({ ...object, metadata });
}

/** As text that fits into the object's: before the first field of metadata that comes after it. */
function managedFieldsIn(yaml: string, managedFields: unknown): { line: number; yaml: string } {
  const [document] = readYaml(yaml).documents;
  const later = Object.keys(fields(at(document?.value, "metadata"))).find((name) => name > "managedFields");
  const text = toYaml({ managedFields });
  return {
    line: (later === undefined ? undefined : document?.placeOf(["metadata", later])?.from.line) ?? 1,
    yaml: text.replaceAll(/^(?=.)/gm, "  "),
  };
}

const nothing: EditOutcome = { problems: [], warnings: [], changes: [], owners: [] };

async function edit(
  client: ClusterClient,
  input: EditInput,
  options: { dryRun: boolean; schema: Promise<KindSchema | undefined>; signal: AbortSignal },
): Promise<EditOutcome> {
  const { dryRun, signal } = options;
  const { target, base } = input;
  const { documents, problems } = readYaml(input.text);
  const [document, second] = documents;
  if (problems.length > 0) return { ...nothing, problems };
  const wrong =
    document === undefined || second !== undefined ? [oneDocument(second?.line)] : identityProblems(document, target);
  if (document === undefined || wrong.length > 0) return { ...nothing, problems: wrong };

  const place = placeOf(client, target);
  for (let attempt = 1; ; attempt++) {
    const stored = await readObject(client, place, signal);
    if (stored.metadata.uid !== base.uid) return { ...nothing, problems: [replaced(place)] };
    try {
      const schema = new SchemaPlace(await options.schema);
      return await editOnto(client, stored, document, { input, place, dryRun, schema, signal });
    } catch (error) {
      const lostRace = error instanceof FlowdeckError && statusOf(error)?.reason === "Conflict";
      if (!lostRace || attempt >= attempts) throw error;
    }
  }
}

/** One attempt: the edit put onto what is stored, sent, and what came of it. */
async function editOnto(
  client: ClusterClient,
  stored: KubeObject,
  document: TextDocument,
  {
    input,
    place,
    dryRun,
    schema,
    signal,
  }: { input: EditInput; place: Place; dryRun: boolean; schema: SchemaPlace; signal: AbortSignal },
): Promise<EditOutcome> {
  const newest = objectText(stored);
  const theirs = withoutManagers(stored);
  // Reading a text takes the longest of all: not done for what is there as an object.
  const base = input.base.yaml === newest.yaml ? theirs : readObjectText(input.base.yaml);
  const mine = kubeObjectOf(document.value, unnamed);
  const merged = mergeChanges(base, theirs, mine, input.clashes === "theirs" ? "theirs" : "mine", schema);
  // The server's own fields are not a matter of taste: what is stored counts.
  const wanted = withServerFields(kubeObjectOf(merged.value, unnamed), theirs);
  const clashes = merged.clashes.filter((path) => !isServerField(path));
  const theirChanges = changesBetween(withoutServerFields(base), withoutServerFields(theirs), schema);
  const moved =
    theirChanges.length === 0
      ? undefined
      : {
          newest,
          text: toYaml(wanted),
          theirs: theirChanges,
          yours: changesBetween(withoutServerFields(base), withoutServerFields(mine), schema),
          clashes,
        };
  const outcome: EditOutcome = { ...nothing, ...(moved === undefined ? {} : { moved }) };
  if (clashes.length > 0 && input.clashes === "ask") return outcome;

  const { object, problems } = unmaskObject(wanted, stored);
  if (problems.length > 0) {
    const placed = problems.map((problem) => ({ ...problem, ...document.placeOf(parseFieldPath(problem.path ?? "")) }));
    return { ...outcome, problems: placed };
  }
  try {
    const written = await writeObject(client, place, object, { ...input, dryRun, signal });
    const before = maskObject(comparable(stored));
    const after = maskObject(comparable(written.object));
    const changes = changesBetween(before, after, schema);
    return {
      ...outcome,
      warnings: written.warnings.map((words) => withoutValues(words, stored, object)),
      before: toYaml(before),
      after: toYaml(after),
      changes,
      problems: ignoredFields(changesBetween(theirs, wanted, schema), changes, document),
      ...(dryRun ? {} : { saved: objectText(written.object) }),
    };
  } catch (error) {
    const refused = readRefusal(error, document);
    if (refused === undefined) throw error;
    return {
      ...outcome,
      owners: refused.owners,
      problems: refused.problems.map((problem) => ({
        ...problem,
        said: saidWithoutValues(problem.said, stored, object),
      })),
    };
  }
}

/** A text that names no kind has been refused before. */
const unnamed = { apiVersion: "", kind: "" };

function readObjectText(yaml: string): KubeObject {
  return kubeObjectOf(readYaml(yaml).documents[0]?.value, unnamed);
}

const serverMetadata = ["resourceVersion", "generation", "managedFields"];

function isServerField(path: string): boolean {
  return path === "status" || /^status[.[]/.test(path) || serverMetadata.some((name) => path === `metadata.${name}`);
}

function withoutServerFields(object: KubeObject): KubeObject {
  const { status: _status, ...rest } = comparable(object);
  return kubeObjectOf(rest, unnamed);
}

function withServerFields(object: KubeObject, stored: KubeObject): KubeObject {
  const { resourceVersion, generation, uid, creationTimestamp } = stored.metadata;
  const given = { resourceVersion, generation, uid, creationTimestamp };
  return { ...object, metadata: { ...object.metadata, ...defined(given) } };
}

/** The text has to go on being about the object it began with. */
function identityProblems(document: TextDocument, target: ObjectTarget): EditProblem[] {
  const { group, version } = target;
  const wanted: [path: string, is: unknown, must: unknown][] = [
    ["apiVersion", at(document.value, "apiVersion"), group === "" ? version : `${group}/${version}`],
    ["kind", at(document.value, "kind"), target.kind],
    ["metadata.name", at(document.value, "metadata", "name"), target.name],
    ["metadata.namespace", at(document.value, "metadata", "namespace"), target.namespace],
  ];
  return wanted
    .filter(([, is, must]) => is !== must)
    .map(([path, , must]) => ({
      severity: "error",
      kind: "identity",
      path,
      said:
        must === undefined
          ? message("edit.noNamespace", { path })
          : message("edit.mustStay", { path, value: String(must) }),
      ...document.placeOf(path.split(".")),
    }));
}

function oneDocument(line: number | undefined): EditProblem {
  return {
    severity: "error",
    kind: "identity",
    said: message(line === undefined ? "edit.nothingThere" : "edit.oneObject"),
    ...(line === undefined ? {} : { from: { line, column: 1 }, to: { line, column: 2 } }),
  };
}

function replaced({ called }: Place): EditProblem {
  return {
    severity: "error",
    kind: "identity",
    path: "metadata.uid",
    said: message("edit.replaced", { object: called }),
  };
}

/** Fields that were asked to change and did not: derived ones, those of controllers, or the same in other words. */
function ignoredFields(
  asked: EditOutcome["changes"],
  done: EditOutcome["changes"],
  document: TextDocument,
): EditProblem[] {
  return asked
    .filter(({ path }) => !done.some((other) => related(path, other.path)))
    .map(({ path }) => ({
      severity: "warning",
      kind: "ignored",
      path,
      said: message("edit.keptByServer", { path }),
      ...document.placeOf(parseFieldPath(path)),
    }));
}

function related(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return long.startsWith(short) && /^(?:$|[.[])/.test(long.slice(short.length));
}
