/** Logs of containers. */
export const log = {
  objectMissing: "{{object}} does not exist.",
  noPods: "{{object}} selects no pods, so it has no logs.",
  lineGone: "This line is no longer kept.",
  notOpen: "This log is not open (any more).",
  closed: "The log was closed.",
} as const;
