/** Somebody else's own words where a message is wanted: an API server's, a program's. */
export const others = {
  words: "{{text}}",
} as const;
