/** People who sign in at a provider of OpenID Connect, without Dex. */
export const externalSignIn = {
  noProvider: "The provider that people sign in at is not known.",
  noProviderWay: "Enter its issuer, the client ID and the redirect address.",
  noSecret: "The client secret for the provider is not known.",
  noSecretWay: "Enter the client secret that the provider shows for this client.",
  config: "People sign in at {{issuer}} with the client {{client}}. Dex is not installed.",
  verified: "The provider's certificate is verified.",
  trusts: "The gateway accepts only tokens of {{issuer}} for the client {{client}}.",
  closed: "Dex's paths no longer need an exception.",
} as const;
