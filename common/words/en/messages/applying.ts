/** What becomes of single objects that are applied, and why the API server does not take them. */
export const applying = {
  notInTime_one: "{{object}} could not be applied for {{count}} minute: {{because}}.",
  notInTime_other: "{{object}} could not be applied for {{count}} minutes: {{because}}.",
} as const;
