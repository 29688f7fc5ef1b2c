import { z } from "zod";
import { contextId } from "./context-id.ts";
import { method } from "./define.ts";
import { message } from "./message.ts";
import { objectTarget, resourceTarget } from "./resources.ts";

/** Characters of the largest text that is edited; an API server takes about a third of it. */
export const largestText = 4_000_000;

/** A place in a text; both count from 1. */
export const textPlace = z.object({ line: z.number().int(), column: z.number().int() });
export type TextPlace = z.infer<typeof textPlace>;

/** What is wrong (or noteworthy) in an edited text. With an `error` nothing is stored. */
export const editProblem = z.object({
  severity: z.enum(["error", "warning"]),
  /**
   * `syntax`: no YAML; `identity`: another object's name or kind; `immutable`: a field that can't be changed later;
   * `masked`: a hidden value that can't be put back; `ignored`: asked for, but the server doesn't store it;
   * `server`: anything else that the API server says; `forbidden`: this user may not.
   */
  kind: z.enum(["syntax", "identity", "immutable", "masked", "ignored", "server", "forbidden"]),
  said: message,
  /** Field path as the API server writes it: `spec.ports[0].port`. */
  path: z.string().optional(),
  from: textPlace.optional(),
  to: textPlace.optional(),
});
export type EditProblem = z.infer<typeof editProblem>;

/** One field that differs; absent sides: it was not there before, or is not there after. Values are short JSON. */
export const fieldChange = z.object({ path: z.string(), was: z.string().optional(), becomes: z.string().optional() });
export type FieldChange = z.infer<typeof fieldChange>;

/** A field manager that owns fields which a server-side apply would change. */
export const fieldOwner = z.object({ manager: z.string(), fields: z.array(z.string()) });
export type FieldOwner = z.infer<typeof fieldOwner>;

/** An object as text: without managedFields, values of a Secret as placeholders that tell their size. */
export const objectText = z.object({
  yaml: z.string(),
  uid: z.string(),
  resourceVersion: z.string(),
  /** Something in it is a placeholder: drafts of it are not to be kept. */
  masked: z.boolean(),
});
export type ObjectText = z.infer<typeof objectText>;

/** The object was changed by somebody else since the text was made. */
export const movedOn = z.object({
  /** What is stored now. */
  newest: objectText,
  /** The edit, put onto what is stored now. */
  text: z.string(),
  theirs: z.array(fieldChange),
  yours: z.array(fieldChange),
  /** Paths that both changed, differently. Empty: the edit fits without asking. */
  clashes: z.array(z.string()),
});
export type MovedOn = z.infer<typeof movedOn>;

export const editInput = z.object({
  target: objectTarget,
  /** What the editing began with, as `yaml.get` gave it. */
  base: objectText.extend({ yaml: z.string().max(largestText) }),
  text: z.string().max(largestText),
  /** `update` replaces the object; `apply` is server-side apply as field manager `flowdeck`. */
  how: z.enum(["update", "apply"]).default("update"),
  /** Which side wins where both changed the same field; `ask` stores nothing then. */
  clashes: z.enum(["ask", "mine", "theirs"]).default("ask"),
  /** With `apply`: take over the fields of other managers. */
  takeOver: z.boolean().default(false),
});

export const editOutcome = z.object({
  problems: z.array(editProblem),
  /** What the API server warns of. */
  warnings: z.array(z.string()),
  /** What is stored before and after, both without what changes with every write. Absent when the server did not get so far. */
  before: z.string().optional(),
  after: z.string().optional(),
  changes: z.array(fieldChange),
  moved: movedOn.optional(),
  /** Managers in the way of `apply`; nothing is stored until asked again with `takeOver`. */
  owners: z.array(fieldOwner),
  /** The object as it was stored; only after a save that went through. */
  saved: objectText.optional(),
});
export type EditOutcome = z.infer<typeof editOutcome>;

/** What becomes (or became) of one document of a text with several. */
export const createdDocument = z.object({
  /** Where the document begins. */
  line: z.number().int(),
  apiVersion: z.string(),
  kind: z.string(),
  name: z.string(),
  namespace: z.string().optional(),
  /** Absent when its kind is not served. */
  plural: z.string().optional(),
  /** `untried`: it needs another document of the text (its namespace, its kind) to be there first. */
  state: z.enum(["new", "changed", "unchanged", "untried", "failed", "skipped"]),
  problems: z.array(editProblem),
  warnings: z.array(z.string()),
  before: z.string().optional(),
  after: z.string().optional(),
  changes: z.array(fieldChange),
  owners: z.array(fieldOwner),
});
export type CreatedDocument = z.infer<typeof createdDocument>;

/** A value in a kind's schema, as far as editing and explaining need it. */
export interface SchemaNode {
  /** As `kubectl explain` writes it: `[]Container`, `map[string]string`, `Object`. */
  type: string;
  value: "object" | "list" | "map" | "string" | "integer" | "number" | "boolean" | "int-or-string" | "any";
  description?: string | undefined;
  enum?: (string | number | boolean | null)[] | undefined;
  /** Short JSON. */
  default?: string | undefined;
  format?: string | undefined;
  /** Name of the definition whose fields these are. */
  ref?: string | undefined;
  /** How the API server merges a list, where it says so. */
  listType?: "map" | "set" | "atomic" | undefined;
  /** The fields that the items of a `map` list are known by. */
  listKeys?: string[] | undefined;
  /** What a list or a map holds. */
  item?: SchemaNode | undefined;
  fields?: Record<string, SchemaNode> | undefined;
  required?: string[] | undefined;
  /** Takes fields that the schema does not know. */
  open?: boolean | undefined;
  /** Null is a value of its own. */
  nullable?: boolean | undefined;
}

export const schemaNode: z.ZodType<SchemaNode> = z.lazy(() =>
  z.object({
    type: z.string(),
    value: z.enum(["object", "list", "map", "string", "integer", "number", "boolean", "int-or-string", "any"]),
    description: z.string().optional(),
    enum: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
    default: z.string().optional(),
    format: z.string().optional(),
    ref: z.string().optional(),
    listType: z.enum(["map", "set", "atomic"]).optional(),
    listKeys: z.array(z.string()).optional(),
    item: schemaNode.optional(),
    fields: z.record(z.string(), schemaNode).optional(),
    required: z.array(z.string()).optional(),
    open: z.boolean().optional(),
    nullable: z.boolean().optional(),
  }),
);

/** Everything that can stand in an object of one kind, from the cluster's own OpenAPI. */
export const kindSchema = z.object({
  group: z.string(),
  version: z.string(),
  kind: z.string(),
  root: schemaNode,
  definitions: z.record(z.string(), schemaNode),
});
export type KindSchema = z.infer<typeof kindSchema>;

export const editContract = {
  /** The object as text, its keys in kubectl's order. `managedFields` goes before the line with that number (from 1). */
  "yaml.get": method(
    objectTarget,
    objectText.extend({ managedFields: z.object({ line: z.number().int(), yaml: z.string() }).optional() }),
  ),
  /** What saving would do: the API server checks and completes it, and stores nothing. */
  "yaml.check": method(editInput, editOutcome),
  "yaml.save": method(editInput, editOutcome),
  /** Server-side apply of every document in order; with `dryRun` nothing is stored. The rest is skipped after one that fails. */
  "yaml.create": method(
    z.object({
      context: contextId,
      /** For documents that name none. */
      namespace: z.string().min(1).default("default"),
      text: z.string().max(largestText),
      dryRun: z.boolean(),
      takeOver: z.boolean().default(false),
    }),
    z.object({ problems: z.array(editProblem), documents: z.array(createdDocument) }),
  ),
  "schema.get": method(
    z.object({ context: contextId, group: z.string(), version: z.string().min(1), kind: z.string().min(1) }),
    kindSchema,
  ),
  /** What `kubectl explain` is asked: `pods.spec.containers`, `deploy`, `virtualservices.networking.istio.io.spec`. */
  "schema.find": method(
    z.object({ context: contextId, text: z.string().min(1).max(500) }),
    z.object({ resource: resourceTarget, kind: z.string(), fields: z.array(z.string()) }),
  ),
};
