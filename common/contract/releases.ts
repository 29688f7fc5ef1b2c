import { z } from "zod";
import { bothWords } from "./both-words.ts";
import type { AuthMode } from "./settings.ts";

/** In the order in which they build on each other, and are shown. */
export const componentGroupOrder = [
  "foundation",
  "sign-in",
  "core",
  "workspace",
  "pipelines",
  "training",
  "serving",
  "data",
] as const;

/** A part of a release that can be chosen: one or more kustomize folders built together. */
export const componentInfo = z.object({
  id: z.string(),
  title: bothWords,
  description: bothWords,
  group: z.enum(componentGroupOrder),
  /** Cannot be left out. */
  required: z.boolean(),
  /** Component ids this one cannot run without, each with the reason in words. */
  needs: z.array(z.object({ id: z.string(), because: bothWords })),
});
export type ComponentInfo = z.infer<typeof componentInfo>;

/** What differs between kinds of releases, as far as people see it. */
export const releaseCapabilities = z.object({
  /** Who says which components there are: the release, of whose components people choose, or a file. */
  components: z.enum(["chosen", "file"]),
  /** Where a file says it: the release's own files, by the way to sign in that they set up. */
  files: z.object({ standard: z.string(), dex: z.string() }).optional(),
  /** Whether people sign in with a password, so that one has to be chosen; `dex`: where that way was chosen. */
  signIn: z.enum(["none", "password", "dex"]),
});
export type ReleaseCapabilities = z.infer<typeof releaseCapabilities>;

export const releaseInfo = z.object({
  id: z.string(),
  title: bothWords,
  description: bothWords,
  /** What CONFIG_URI would be. */
  configUri: z.string(),
  kubernetesMin: z.string(),
  capabilities: releaseCapabilities,
  recommended: z.object({ cpu: z.number(), memoryGiB: z.number(), diskGiB: z.number() }),
  /** What all its components request of nodes, with the containers that Istio adds. */
  needs: z
    .object({
      cpu: z.number(),
      memoryGiB: z.number(),
      pods: z.number(),
      biggest: z.object({ name: z.string(), cpu: z.number(), memoryGiB: z.number() }),
      /** Architectures that all its images have. */
      architectures: z.array(z.string()).min(1),
    })
    .optional(),
  /** Where its sources would come from if it were chosen now. */
  source: z.enum(["bundled", "mirror", "cache", "download"]),
  components: z.array(componentInfo),
});
export type ReleaseInfo = z.infer<typeof releaseInfo>;

/** Does an installation of this release ask for a password to sign in with? */
export function asksForPassword({ signIn }: ReleaseCapabilities, auth: AuthMode): boolean {
  return signIn !== "none" && auth === "dex";
}

/** A chosen set made whole: what was chosen, and what that brings along and why. */
export const resolvedComponents = z.object({
  components: z.array(
    z.object({
      id: z.string(),
      chosen: z.boolean(),
      because: z.array(z.object({ by: z.string(), reason: bothWords })),
    }),
  ),
  unknown: z.array(z.string()),
});
export type ResolvedComponents = z.infer<typeof resolvedComponents>;
