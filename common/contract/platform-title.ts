import type { Platform } from "./settings.ts";

/** How a platform calls itself: EKS, kind. Undefined for a cluster of which nothing is known, and for the practice cluster. */
export function platformTitle(platform: Platform): string | undefined {
  if (platform === "existing" || platform === "practice") return undefined;
  return ["eks", "gke", "aks"].includes(platform) ? platform.toUpperCase() : platform;
}
