import { z } from "zod";
import { method, stream } from "./define.ts";
import { objectTarget } from "./resources.ts";

const pod = z.object({ target: objectTarget, container: z.string().min(1) });
const transfer = z.object({ id: z.string().min(1) });

export const copyContract = {
  /** A file or a folder of a container; a folder comes as one tar archive. `start` begins anew after a lost connection. */
  "copy.from": stream(
    pod.extend({ path: z.string().min(1).max(4096) }),
    z.discriminatedUnion("type", [
      z.object({
        type: z.literal("start"),
        name: z.string(),
        as: z.enum(["file", "tar"]),
        bytes: z.number().optional(),
      }),
      z.object({ type: z.literal("data"), base64: z.string() }),
      z.object({
        type: z.literal("end"),
        bytes: z.number(),
        files: z.number(),
        /** Links, devices and paths that lead out of the folder: not taken over. */
        skipped: z.array(z.object({ path: z.string(), reason: z.enum(["link", "outside", "special"]) })),
      }),
    ]),
  ),
  /** Opens a copy of files into a folder of a container. */
  "copy.open": method(pod.extend({ folder: z.string().min(1).max(4096) }), z.object({ id: z.string() })),
  /** Begins the next file; its name may have folders before it. `bytes` is how many will follow. */
  "copy.file": method(
    transfer.extend({
      path: z.string().min(1).max(4096),
      bytes: z.number().int().min(0),
      modifiedAt: z.number().optional(),
    }),
    z.object({}),
  ),
  /** At most half a MiB at a time; answers when it may send more. */
  "copy.chunk": method(transfer.extend({ base64: z.string().max(900_000) }), z.object({})),
  /** Ends it, or throws it away where it stands (`keep` false). */
  "copy.close": method(transfer.extend({ keep: z.boolean() }), z.object({ files: z.number(), bytes: z.number() })),
};
