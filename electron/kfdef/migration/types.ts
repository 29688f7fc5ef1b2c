import type { KindSchema } from "../../../common/contract/index.ts";
import type { Message } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";

/** What the cluster that objects are meant for serves. */
export interface ServedApis {
  serves(apiVersion: string, kind: string): boolean;
  /** The fields of one of Kubernetes' own kinds there, where the cluster tells. */
  schemaOf?(apiVersion: string, kind: string): KindSchema | undefined;
}

/** Takes one sentence about a field that was changed, added or dropped. */
export type Note = (said: Message) => void;

/**
 * Changes an object (a copy, whose apiVersion is the new one already) into what its new API version means by the same.
 * `from` is the apiVersion it had. Undefined leaves the object out; the notes say why.
 */
export type Convert = (object: KubeObject, from: string, note: Note) => KubeObject | undefined;

/** What becomes of one kind's old versions. */
export interface Rule {
  kinds: readonly string[];
  /** Old apiVersions. */
  from: readonly string[];
  /** What takes their place; the first that the cluster serves. None: nothing does, the object is left out. */
  to: readonly string[];
  /** The Kubernetes minor version that no longer served the last of `from`. */
  removedIn: string;
  /** Where this is written. */
  source: string;
  /** Left out: nothing but the apiVersion changes. */
  convert?: Convert;
  /** Why an object is left out, where there is no `to`. */
  because?: Message;
}
