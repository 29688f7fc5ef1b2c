/** What is the same in every language where a message is wanted: names, an API server's words, a program's. */
export const others = {
  words: "{{text}}",
  quote: "{{text}}",
  more: "{{names}} and {{more}} more",
} as const;
