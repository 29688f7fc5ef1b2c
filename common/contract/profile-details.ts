import { z } from "zod";

/** What pods of a namespace get that ask for it by a label: Kubeflow's PodDefault. */
export const podDefault = z.object({
  name: z.string(),
  /** What notebooks' forms call it. */
  description: z.string(),
  /** The labels of the pods that get it. */
  labels: z.record(z.string(), z.string()),
  /** The variables it sets. */
  variables: z.array(z.string()),
  /** Where it puts files. */
  paths: z.array(z.string()),
  /** The other fields of its spec, such as `tolerations`. */
  others: z.array(z.string()),
});
export type PodDefault = z.infer<typeof podDefault>;

/** What a new PodDefault gives to pods. */
export const podDefaultGives = z.discriminatedUnion("what", [
  /** Environment variables, a line `NAME=value` each. */
  z.object({ what: z.literal("variables"), lines: z.string().max(20_000) }),
  /** A Secret of the namespace, as files in a folder. */
  z.object({ what: z.literal("secret"), secret: z.string().max(253), path: z.string().max(1000) }),
  /** The token by which notebooks use Kubeflow Pipelines. */
  z.object({ what: z.literal("pipelines") }),
]);
export type PodDefaultGives = z.infer<typeof podDefaultGives>;

/** Whose credentials pull the images of a service account's pods. */
export const pullAccount = z.object({
  account: z.string(),
  secrets: z.array(
    z.object({
      name: z.string(),
      /** `other`: it is there, and no Secret for registries. `unknown`: this user can't read it. */
      state: z.enum(["present", "absent", "other", "unknown"]),
      /** The registries it has credentials for; never the credentials. */
      registries: z.array(z.string()),
    }),
  ),
});
export type PullAccount = z.infer<typeof pullAccount>;
