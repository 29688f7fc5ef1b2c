/** How a context signs in: credential programs, certificates, identity providers. */
export const signIn = {
  providerRemoved:
    'Context {{context}} signs in with the auth provider "{{provider}}", which Kubernetes removed in 1.26.',
  writeAgain: "Write its kubeconfig again with the cloud's own tool: it will name a credential program instead.",
  fileUnreadable: "Context {{context}} in {{file}} names a {{field}} that cannot be read: {{path}}.",
  credentialsUnusable: "The credentials of context {{context}} in {{file}} cannot be used.",
  addressUnusable: "The address or the proxy of context {{context}} cannot be used: {{server}}.",
  programMissing: "Context {{context}} signs in with the program {{program}}, which is not on this machine's PATH.",
  needsApproval: "To sign in, context {{context}} runs a program on this machine that you have not approved yet.",
  programFailed: "The credential program of context {{context}} failed: {{program}}: {{why}}.",
  noJson: "it printed no JSON",
  noStatus: "it printed no ExecCredential with a status",
  noCredentials: "it gave neither a token nor a client certificate with its key",
  notStarted: "it could not be started",
  tooMuch: "it printed more than 1 MiB",
  killed: "it was ended by {{signal}} (it has {{seconds}} s)",
  exited: "it ended with code {{code}}",
  oidcFailed: "Context {{context}} could not sign in with OpenID Connect.",
  oidcExpired: "Its id-token has expired, and there is no refresh-token, client-id or idp-issuer-url to renew it with.",
  oidcNotRenewed: "Its id-token could not be renewed at {{issuer}}.",
} as const;
