import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type Node } from "yaml";
import { type Message, message } from "../../../common/words/index.ts";
import type { Issues } from "./issues.ts";
import type { KfDefPlace } from "./types.ts";

/** A spot of the document: what stands there, if anything does, and how it is called. */
export interface Spot {
  node: Node | undefined;
  path: string;
  /** Offset in the text, of the nearest thing that is written down. */
  offset: number;
}

export type Fields = ReadonlyMap<string, Spot>;

/** Reads values of a document as what they have to be, and notes what is not. */
export class Nodes {
  readonly issues: Issues;
  readonly #document: Document;

  constructor(document: Document, issues: Issues) {
    this.#document = document;
    this.issues = issues;
  }

  get root(): Spot {
    const node = isNode(this.#document.contents) ? this.#document.contents : undefined;
    return { node, path: "", offset: node?.range?.[0] ?? 0 };
  }

  /** The fields of a mapping; none where nothing stands. Fields that are not in `known` are warned of. */
  fields(spot: Spot, known?: readonly string[]): Fields {
    const node = this.#resolved(spot);
    const found = new Map<string, Spot>();
    if (node === undefined) return found;
    if (!isMap(node)) {
      this.#wrong(spot, message("kfdef.typeFieldsExample"));
      return found;
    }
    const merged: Spot[] = [];
    for (const pair of node.items) {
      const keyNode = isNode(pair.key) ? pair.key : undefined;
      const offset = keyNode?.range?.[0] ?? spot.offset;
      const key = isScalar(pair.key) ? pair.key.value : undefined;
      if (key !== undefined && String(key) === "Symbol(<<)") {
        merged.push({ node: isNode(pair.value) ? pair.value : undefined, path: spot.path, offset });
        continue;
      }
      if (typeof key !== "string") {
        this.issues.error(message("kfdef.fieldNameNoText"), spot.path, offset);
        continue;
      }
      const path = spot.path === "" ? key : `${spot.path}.${key}`;
      if (known !== undefined && !known.includes(key)) this.issues.warning(message("kfdef.fieldUnknown"), path, offset);
      const value = isNode(pair.value) ? pair.value : undefined;
      found.set(key, { node: value, path, offset: value?.range?.[0] ?? offset });
    }
    // What stands in the mapping itself goes before what `<<` takes in.
    for (const one of merged)
      for (const [key, value] of this.fields(one, known)) if (!found.has(key)) found.set(key, value);
    return found;
  }

  items(spot: Spot | undefined): Spot[] {
    const node = spot && this.#resolved(spot);
    if (spot === undefined || node === undefined) return [];
    if (!isSeq(node)) {
      this.#wrong(spot, message("kfdef.typeListExample"));
      return [];
    }
    return node.items.map((item, index) => {
      const value = isNode(item) ? item : undefined;
      return { node: value, path: `${spot.path}[${index}]`, offset: value?.range?.[0] ?? spot.offset };
    });
  }

  /**
   * A text; undefined where nothing stands. A number or a boolean counts as kfctl counts it, which is not always as it
   * was meant (`OFF` is false, 1.10 is 1.1), so that is warned of.
   */
  text(spot: Spot | undefined): string | undefined {
    const node = spot && this.#resolved(spot);
    if (spot === undefined || node === undefined) return undefined;
    if (!isScalar(node)) {
      this.#wrong(spot, message("kfdef.typeText"));
      return undefined;
    }
    const { value } = node;
    if (typeof value === "string") return value;
    const counts = ["number", "bigint", "boolean"].includes(typeof value);
    const taken = counts ? String(value) : (node.source ?? "");
    if (taken !== node.source) {
      const said = spot.path.startsWith("spec.secrets")
        ? message("kfdef.readAsOther")
        : message("kfdef.readAs", { written: `${node.source}`, taken });
      this.issues.warning(said, spot.path, spot.offset);
    }
    return taken;
  }

  /** A text that has to be there. */
  needed(spot: Spot | undefined, owner: Spot, field: string): string {
    const before = this.issues.list.length;
    const value = this.text(spot);
    if (value !== undefined && value !== "") return value;
    if (this.issues.list.length === before)
      this.issues.error(
        message("kfdef.missing", { field }),
        `${owner.path === "" ? "" : `${owner.path}.`}${field}`,
        (spot ?? owner).offset,
      );
    return "";
  }

  texts(spot: Spot | undefined): Record<string, string> {
    if (spot === undefined) return {};
    return Object.fromEntries([...this.fields(spot)].map(([key, value]) => [key, this.text(value) ?? ""]));
  }

  /** Whatever stands there, as plain values. */
  value(spot: Spot | undefined): unknown {
    return spot?.node?.toJS(this.#document);
  }

  isFields(spot: Spot): boolean {
    return isMap(this.#resolved(spot));
  }

  isEmpty(spot: Spot | undefined): boolean {
    return spot === undefined || this.#resolved(spot) === undefined;
  }

  place(spot: Spot): KfDefPlace {
    return this.issues.place(spot.offset);
  }

  #resolved(spot: Spot): Node | undefined {
    const node = isAlias(spot.node) ? spot.node.resolve(this.#document) : spot.node;
    return isScalar(node) && node.value === null ? undefined : node;
  }

  /** What stands there is not repeated: it may be a secret. */
  #wrong(spot: Spot, wanted: Message): void {
    const node = this.#resolved(spot);
    const is = isMap(node)
      ? message("kfdef.typeFields")
      : isSeq(node)
        ? message("kfdef.typeList")
        : message("kfdef.typeText");
    this.issues.error(message("kfdef.wrongType", { wanted, is }), spot.path, spot.offset);
  }
}
