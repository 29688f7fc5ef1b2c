/** How a context signs in: credential programs, certificates, identity providers. */
export const signIn = {
  providerRemoved:
    'Context {{context}} signs in with the auth provider "{{provider}}", which Kubernetes removed in 1.26.',
  writeAgain: "Create its kubeconfig again with the cloud's own tool, which uses a credential plugin instead.",
  fileUnreadable: "Context {{context}} in {{file}} names a {{field}} that cannot be read: {{path}}.",
  credentialsUnusable: "The credentials of context {{context}} in {{file}} cannot be used.",
  addressUnusable: "The address or the proxy of context {{context}} cannot be used: {{server}}.",
  programMissing: "Context {{context}} signs in with the program {{program}}, which is not on this computer's PATH.",
  needsApproval: "To sign in, context {{context}} runs a program on this computer that you have not approved yet.",
  programFailed: "The credential plugin of context {{context}} failed: {{program}}: {{why}}.",
  noJson: "it did not print JSON",
  noStatus: "it did not print an ExecCredential with a status",
  noCredentials: "it returned neither a token nor a client certificate with its key",
  notStarted: "it could not be started",
  tooMuch: "it printed more than 1 MiB",
  killed: "it was terminated by {{signal}} (it has {{seconds}} s)",
  exited: "it exited with code {{code}}",
  oidcFailed: "Context {{context}} could not sign in with OpenID Connect.",
  oidcExpired: "Its id-token has expired, and there is no refresh-token, client-id or idp-issuer-url to renew it with.",
  oidcNotRenewed: "Its id-token could not be renewed at {{issuer}}.",
} as const;
