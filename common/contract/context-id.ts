import { z } from "zod";

/**
 * Which context of which kubeconfig: stable across starts, made from the file's path and the context's name. A branded
 * string: what people call a context (`contextName`) is another thing, and does not compile in its place.
 */
export const contextId = z.string().min(1).brand<"ContextId", "inout">();
export type ContextId = z.infer<typeof contextId>;
