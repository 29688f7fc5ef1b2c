/** What holds an object that was deleted and is still there. */
export const holds = {
  cleanUp: "the API server could not delete its objects: {{words}}",
  noReason: "no reason given",
  finalizers: "its finalizers {{names}} have not been cleared; the controllers that added them do that",
  notRemoved: "the API server has not deleted it yet",
} as const;
