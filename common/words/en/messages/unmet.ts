/** Why a gate is still closed; stands behind “because”. */
export const unmet = {
  notApplied: "{{object}} has not been applied yet",
  notAppliedMore: "{{object}} and {{more}} more have not been applied yet",
  ofObject: "{{object}}: {{why}}",
  unlisted: "the API server does not list {{kind}} yet",
  unseen: "{{object}} has not been seen yet",
  noEndpoint: "no pod of Service {{service}} is ready",
  notMade: "{{object}} has not been created yet",
  noDryRun: "it has not responded to a dry run yet",
} as const;
