import type { KfDefAuth } from "../../../common/contract/index.ts";
import type { Message } from "../../../common/words/index.ts";

/** A field that a plugin's spec may have. */
export interface SpecField {
  /** Below the spec, as in `auth.cognito.certArn`. */
  path: string;
  /** `secret`: a value that no file may show; in its place stands `name:`, the secret under spec.secrets that has it. */
  kind: "text" | "list" | "switch" | "number" | "secret";
  /** kfctl refuses the file without it (as long as the part it lies in is there). */
  required?: boolean;
  /** A switch that is on where it does not stand in the file. */
  on?: true;
  /** Where kfctl asks the cloud's own tools for it; without, the objects that need it keep what the manifests say. */
  wanted?: Message;
  /** What is wrong with a value; undefined when nothing is. */
  check?: (value: string) => Message | undefined;
}

/** What a plugin's spec may have, and which ways to sign in. */
export interface PluginSpec {
  kind: string;
  auths: { auth: KfDefAuth; part: string }[];
  /** Parts that are only filled in where they are there already. */
  optionalParts: string[];
  fields: SpecField[];
  /** Fields that are read by nobody here, with all that is below them. */
  untouched: string[];
}

export const matches = (pattern: RegExp, otherwise: Message) => (value: string) =>
  pattern.test(value) ? undefined : otherwise;
