/** Why a gate is still closed; stands behind “because”. */
export const unmet = {
  notApplied: "{{object}} is not applied yet",
  notAppliedMore: "{{object}} and {{more}} more are not applied yet",
  ofObject: "{{object}}: {{why}}",
  unlisted: "the API server does not list {{kind}} yet",
  unseen: "{{object}} is not seen yet",
  noEndpoint: "no pod behind Service {{service}} is ready",
  notMade: "{{object}} has not been made yet",
  noDryRun: "it has not answered a dry run yet",
} as const;
