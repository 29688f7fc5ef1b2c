/** Logs of containers. */
export const log = {
  objectMissing: "{{object}} does not exist.",
  noPods: "{{object}} selects no pods, so it has no logs.",
  lineGone: "This line is no longer available.",
  notOpen: "This log is not open.",
  closed: "The log was closed.",
} as const;
