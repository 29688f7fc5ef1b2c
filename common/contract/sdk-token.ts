import { z } from "zod";
import { contextId } from "./context-id.ts";
import { method } from "./define.ts";
import { message } from "./message.ts";

/** How long tokens are asked for, in hours. */
export const tokenHours = [1, 8, 24, 168, 720] as const;

export const sdkToken = z.object({
  /** The file, for its owner only, that has the token; the token itself stays in the main process. */
  file: z.string(),
  /** As the API server has decided; it may be sooner than was asked for. */
  expires: z.string(),
  /** `system:serviceaccount:ann:default-editor`: whoever has the token is this one. */
  account: z.string(),
  /** A Python program that uses it. */
  snippet: z.array(z.string()),
  /** What to know about it. */
  notes: z.array(message),
});
export type SdkToken = z.infer<typeof sdkToken>;

const place = z.object({ context: contextId, kfDir: z.string().min(1).optional() });

export const sdkTokenContract = {
  /** Profiles that a token can be made for; none where they can't be listed. */
  "sdkToken.profiles": method(z.object({ context: contextId }), z.object({ profiles: z.array(z.string()) })),
  /** Asks for a token of the profile's account for editors, and writes it to a file. */
  "sdkToken.create": method(
    place.extend({ profile: z.string().min(1).max(253), hours: z.number().int().min(1).max(8760) }),
    sdkToken,
  ),
};
