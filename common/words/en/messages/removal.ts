/** What a removal of an installation says: what stays and why, what does not go. */
export const removal = {
  doesNotGo: "{{object}} was deleted but does not go.",
  doNotGo: "{{object}} and {{more}} more were deleted but do not go.",
  held: "What holds it: {{why}}.",
  tryAgain: "Continue the removal to try again.",
} as const;
