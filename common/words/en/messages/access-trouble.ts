/** Why the API server could not be asked; stands behind “because”. `words` is an error's sentence. */
export const accessTrouble = {
  rejected: "the API server rejected the credentials: {{words}}",
  execFailed: "the credential plugin failed: {{words}}",
  execUnapproved: "the credential plugin is not approved: {{words}}",
  forbidden: "the request is not allowed: {{words}}",
  unreachable: "the API server does not answer: {{words}}",
  untrusted: "the API server's certificate is not trusted: {{words}}",
  other: "the API server can't be queried: {{words}}",
} as const;
