/** Who may do what. */
export const policy = {
  objectMissing: "There is no {{object}}.",
} as const;
