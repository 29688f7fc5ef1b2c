import type { CallOutput, CreatedDocument, EditProblem, ParsedInput } from "../../common/contract/index.ts";
import { FlowdeckError, toAppError } from "../../common/contract/index.ts";
import { isKind } from "../../common/kube/index.ts";
import { message, verbatim } from "../../common/words/index.ts";
import {
  type ApiResource,
  type ClusterClient,
  type ClusterConnections,
  type KubeObject,
  pause,
  statusOf,
} from "../cluster/index.ts";
import { comparable } from "./comparable.ts";
import { changesBetween } from "./field-changes.ts";
import { type GivenObject, objectsIn } from "./parsed-manifests.ts";
import { readObject, writeObject } from "./requests.ts";
import { maskObject, saidWithoutValues, unmaskObject, withoutValues } from "./secret-redaction.ts";
import { readRefusal } from "./server-validation-errors.ts";
import { readYaml, toYaml } from "./yaml-text.ts";

type CreateInput = ParsedInput<"yaml.create">;

/** A definition's kind is served a moment after the definition is stored. */
const newKindWaitMs = 15_000;

/** Creates and changes objects from a text, by server-side apply. */
export class ObjectCreator {
  readonly #connections: ClusterConnections;

  constructor(connections: ClusterConnections) {
    this.#connections = connections;
  }

  /** One result for each object of the text, in order; what the cluster refuses is in there, nothing is thrown for it. */
  async create(input: CreateInput, signal: AbortSignal): Promise<CallOutput<"yaml.create">> {
    const { documents, problems } = readYaml(input.text);
    const given = documents.flatMap(objectsIn);
    const broken = given.flatMap((object) => (object.ok ? [] : [object.problem]));
    const objects = given.flatMap((object) => (object.ok ? [object] : []));
    if (problems.length > 0 || broken.length > 0) return { problems: [...problems, ...broken], documents: [] };
    if (objects.length === 0) return { problems: [nothingThere], documents: [] };

    return await this.#connections.use(input.context, async (client) => {
      const run = new CreateRun(client, input, objects, signal);
      return { problems: [], documents: await run.all() };
    });
  }
}

const nothingThere: EditProblem = { severity: "error", kind: "identity", said: message("edit.nothingThere") };

class CreateRun {
  readonly #client: ClusterClient;
  readonly #input: CreateInput;
  readonly #objects: readonly GivenObject[];
  readonly #signal: AbortSignal;

  constructor(client: ClusterClient, input: CreateInput, objects: readonly GivenObject[], signal: AbortSignal) {
    this.#client = client;
    this.#input = input;
    this.#objects = objects;
    this.#signal = signal;
  }

  async all(): Promise<CreatedDocument[]> {
    const results: CreatedDocument[] = [];
    let failed = false;
    for (const given of this.#objects) {
      this.#signal.throwIfAborted();
      const result: CreatedDocument = failed ? described(given, undefined, "skipped") : await this.#one(given);
      results.push(result);
      // What comes later may need what is missing now.
      failed ||= result.state === "failed" && !this.#input.dryRun;
    }
    return results;
  }

  async #one(written: GivenObject): Promise<CreatedDocument> {
    let resource: ApiResource | undefined;
    let given = written;
    try {
      resource = await this.#resource(given);
      given = { ...given, object: this.#placed(given.object, resource) };
      return await this.#apply(given, resource);
    } catch (error) {
      this.#signal.throwIfAborted();
      if (this.#input.dryRun && this.#waitsForAnother(given, error)) return described(given, resource, "untried");
      const refused = readRefusal(error, given.document);
      const { code, message: words, said = verbatim(words), detail } = toAppError(error);
      const problems: EditProblem[] = refused?.problems ?? [
        {
          severity: "error",
          kind: code === "forbidden" ? "forbidden" : "server",
          said: detail === undefined ? said : verbatim(detail),
          ...given.place,
        },
      ];
      return {
        ...described(given, resource, "failed"),
        owners: refused?.owners ?? [],
        problems: problems.map((problem) => ({
          ...given.place,
          ...problem,
          said: saidWithoutValues(problem.said, given.object),
        })),
      };
    }
  }

  async #apply(given: GivenObject, resource: ApiResource): Promise<CreatedDocument> {
    const { dryRun, takeOver } = this.#input;
    const { object } = given;
    const { name, namespace } = object.metadata;
    const generated = name === undefined || name === "";
    const called = `${object.kind} ${namespace === undefined ? "" : `${namespace}/`}${generated ? "" : name}`.trim();
    const place = { path: this.#client.pathOf(resource, { namespace, name: generated ? undefined : name }), called };
    const stored = generated ? undefined : await this.#stored(place);
    const { object: unmasked, problems } = unmaskObject(object, stored);
    if (problems.length > 0) return { ...described(given, resource, "failed"), problems };
    const how = generated ? "create" : "apply";
    const written = await writeObject(this.#client, place, unmasked, { how, dryRun, takeOver, signal: this.#signal });
    const before = stored === undefined ? undefined : maskObject(comparable(stored));
    const after = maskObject(comparable(written.object));
    const changes = before === undefined ? [] : changesBetween(before, after);
    const state = before === undefined ? "new" : changes.length > 0 ? "changed" : "unchanged";
    return {
      ...described({ ...given, object: written.object }, resource, state),
      warnings: written.warnings.map((words) => withoutValues(words, stored, unmasked)),
      ...(before === undefined ? {} : { before: toYaml(before) }),
      after: toYaml(after),
      changes,
    };
  }

  /** In the namespace it names, else in the one that was chosen; in none where the kind is in none. */
  #placed(object: KubeObject, { namespaced }: ApiResource): KubeObject {
    const { namespace = this.#input.namespace, ...metadata } = object.metadata;
    return { ...object, metadata: { ...metadata, ...(namespaced ? { namespace } : {}) } };
  }

  async #stored(place: { path: string; called: string }): Promise<KubeObject | undefined> {
    try {
      return await readObject(this.#client, place, this.#signal);
    } catch (error) {
      if (error instanceof FlowdeckError && error.code === "object-not-found") return undefined;
      throw error;
    }
  }

  /** Waits for a kind whose definition was just stored. */
  async #resource({ object }: GivenObject): Promise<ApiResource> {
    for (const until = Date.now() + newKindWaitMs; ; await pause(250, this.#signal)) {
      try {
        return await this.#client.resourceFor(object.apiVersion, object.kind, this.#signal);
      } catch (error) {
        const coming = !this.#input.dryRun && this.#isDefinedHere(object) && Date.now() < until;
        if (!coming || !(error instanceof FlowdeckError) || error.code !== "kind-unknown") throw error;
      }
    }
  }

  #waitsForAnother({ object }: GivenObject, error: unknown): boolean {
    if (error instanceof FlowdeckError && error.code === "kind-unknown") return this.#isDefinedHere(object);
    const status = statusOf(error);
    if (status?.code !== 404) return false;
    const namespace = object.metadata.namespace ?? this.#input.namespace;
    return this.#objects.some(
      (other) => isKind(other.object, "/Namespace") && other.object.metadata.name === namespace,
    );
  }

  #isDefinedHere({ apiVersion, kind }: KubeObject): boolean {
    return this.#objects.some(({ defines }) => defines?.kind === kind && apiVersion.startsWith(`${defines.group}/`));
  }
}

function described(
  { object, place }: Pick<GivenObject, "object" | "place">,
  resource: ApiResource | undefined,
  state: CreatedDocument["state"],
): CreatedDocument {
  const { name, generateName, namespace } = object.metadata;
  return {
    line: place.from.line,
    apiVersion: object.apiVersion,
    kind: object.kind,
    name: name || `${String(generateName)}…`,
    ...(namespace === undefined ? {} : { namespace }),
    ...(resource === undefined ? {} : { plural: resource.plural }),
    state,
    problems: [],
    warnings: [],
    changes: [],
    owners: [],
  };
}
