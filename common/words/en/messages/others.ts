/** What is the same in every language where a message is wanted: names, an API server's words, a program's. */
export const others = {
  words: "{{text}}",
  more: "{{names}} and {{more}} more",
} as const;
