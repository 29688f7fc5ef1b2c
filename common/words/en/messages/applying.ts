/** What becomes of single objects that are applied, and why the API server does not take them. */
export const applying = {
  notInTime_one: "{{object}} could not be applied for {{count}} minute: {{because}}.",
  notInTime_other: "{{object}} could not be applied for {{count}} minutes: {{because}}.",
  refused: "{{object}} was rejected: {{because}}.",
  fieldsOwned: "{{object}} has fields that are managed by {{owners}}; they were left unchanged.",
  giveUp: "Have {{owners}} give them up, or delete the object, then continue.",
  notComplete: "Not complete: {{names}}. {{first}}",
  notCompleteRest_one: "Not complete: {{names}} (the application after it was not started). {{first}}",
  notCompleteRest_other: "Not complete: {{names}} (the {{count}} applications after it were not started). {{first}}",
} as const;
