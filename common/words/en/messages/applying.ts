/** What becomes of single objects that are applied, and why the API server does not take them. */
export const applying = {
  notInTime_one: "{{object}} could not be applied for {{count}} minute: {{because}}.",
  notInTime_other: "{{object}} could not be applied for {{count}} minutes: {{because}}.",
  refused: "{{object}} was refused: {{because}}.",
  fieldsOwned: "{{object}} has fields that belong to {{owners}}; they were left alone.",
  giveUp: "Let {{owners}} give them up, or remove the object, then continue.",
  notComplete: "Not complete: {{names}}. {{first}}",
  notCompleteRest_one: "Not complete: {{names}} (the application after it was not begun). {{first}}",
  notCompleteRest_other: "Not complete: {{names}} (the {{count}} applications after it were not begun). {{first}}",
} as const;
