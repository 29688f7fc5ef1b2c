import { z } from "zod";

const address = z
  .string()
  .max(2000)
  .regex(/^https?:\/\/[^\s"'\\$]+$/, "oidc-address")
  .refine((value) => URL.canParse(value), "oidc-address");

/** A provider of OpenID Connect that people sign in at, without Dex. The client's secret is not in it. */
export const oidcSettings = z.object({
  issuer: address,
  clientId: z
    .string()
    .min(1, "oidc-client")
    .max(500, "oidc-client")
    .regex(/^[^\p{Cc}\s]*$/u, "oidc-client"),
  /** Kubeflow's address with /oauth2/callback, as the provider knows it. */
  redirect: address.refine((value) => value.endsWith("/oauth2/callback"), "oidc-redirect"),
  scopes: z
    .string()
    .regex(/^openid( [\x21-\x7e]+)*$/, "oidc-scopes")
    .default("openid email profile"),
  /** Takes addresses that the provider has not verified. */
  unverified: z.boolean().default(false),
});
export type OidcSettings = z.infer<typeof oidcSettings>;
