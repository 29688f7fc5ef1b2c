/** Editing objects as YAML, and what their kinds are made of. */
export const edit = {
  resourceUnknown: "The cluster serves no resource named {{name}}.",
  noSchema: "The API server publishes no schema for {{kind}}.",
} as const;
