/** What is wrong with a regular expression that somebody wrote; its engine's own words are quoted. */
export const pattern = {
  invalid: "{{words}}",
  slow: "This regular expression takes too long; write a simpler one.",
} as const;
