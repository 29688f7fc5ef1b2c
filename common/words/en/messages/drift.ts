/** What of an installation is not as it was applied. */
export const drift = {
  notApplied: "{{object}} is not in what was applied.",
  nothingRendered: "{{folder}} has no record of what was applied.",
  nothingRenderedAdvice: "Install again from this folder; then changes can be compared with it.",
  secretMissing: "A secret value of {{object}} is neither in the cluster nor on this computer.",
  secretMissingAdvice: "Install again from the computer that installed it. This writes the value again.",
} as const;
