import { z } from "zod";
import { stream } from "./define.ts";
import { appError } from "./errors.ts";
import { objectTarget } from "./resources.ts";

/** An object as JSON, without managedFields; the values of a Secret are masked (see {@link secretMask}). */
export const objectJson = z.record(z.string(), z.unknown());
export type ObjectJson = z.infer<typeof objectJson>;

/** `live`: a watch keeps it as it is; `reconnecting`: the watch broke and is being made anew. */
export const watchState = z.enum(["listing", "live", "reconnecting"]);

export const watchedObject = z.object({
  /** The object now; after `deleted` as it was last, absent when it was never there. */
  object: objectJson.optional(),
  deleted: z.boolean(),
  /** True when it is another object under the same name than the one asked for or seen first. */
  anew: z.boolean(),
  state: watchState,
  /** Why it reconnects. */
  problem: appError.optional(),
});
export type WatchedObject = z.infer<typeof watchedObject>;

const maskSign = "••••••••";

/** What stands in place of a Secret's value: only its size is told. */
export function secretMask(bytes: number): string {
  return `${maskSign} (${bytes} ${bytes === 1 ? "byte" : "bytes"})`;
}

/** The size behind a mask, or undefined when `value` is none. */
export function maskedBytes(value: unknown): number | undefined {
  if (typeof value !== "string") return undefined;
  const size = /^•{8} \((\d+) bytes?\)$/.exec(value)?.[1];
  return size === undefined ? undefined : Number(size);
}

export const objectsContract = {
  /** One object as it is, until closed: now and after each change. Ends only for what waiting can't cure. */
  "object.watch": stream(objectTarget, watchedObject),
};
