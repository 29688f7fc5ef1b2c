import { z } from "zod";
import {
  type ConnectorDraft,
  connectorOf,
  type InstallSettings,
  type SignInSecrets,
} from "../../common/contract/index.ts";

/** A provider that people sign in at without Dex, as it is being written; the client's secret is not in it. */
export const oidcDraft = z.object({
  issuer: z.string(),
  clientId: z.string(),
  redirect: z.string(),
  unverified: z.boolean(),
});
export type OidcDraft = z.infer<typeof oidcDraft>;

export const firstOidc: OidcDraft = { issuer: "", clientId: "", redirect: "", unverified: false };

/** How people will sign in, with secrets: in memory only. */
export interface SignInDraft {
  auth: InstallSettings["auth"];
  oidc: OidcDraft;
  oidcSecret: string;
  /** Connectors of Dex, which were tried. */
  connectors: readonly ConnectorDraft[];
}

/** The provider as one that can be tried. */
export function asConnector({ oidc, oidcSecret }: Pick<SignInDraft, "oidc" | "oidcSecret">): ConnectorDraft {
  const { issuer, clientId, redirect } = oidc;
  const values = { issuer, clientID: clientId, clientSecret: oidcSecret, redirectURI: redirect };
  return { type: "oidc", id: "oidc", name: "OpenID Connect", values };
}

/** The settings of it, without secrets. */
export function signInSettingsOf({ auth, oidc, connectors }: Pick<SignInDraft, "auth" | "oidc" | "connectors">): Pick<
  InstallSettings,
  "auth"
> & {
  oidc?: object;
  signIn?: object;
} {
  if (auth === "oidc") return { auth, oidc };
  if (auth !== "dex" || connectors.length === 0) return { auth };
  return { auth, signIn: { connectors: connectors.map((draft) => connectorOf(draft).connector) } };
}

/** What is given once, when the installation starts; undefined where there is nothing. */
export function signInSecretsOf({
  auth,
  oidcSecret,
  connectors,
}: Omit<SignInDraft, "oidc">): SignInSecrets | undefined {
  if (auth === "oidc") return oidcSecret === "" ? undefined : { oidcClientSecret: oidcSecret };
  if (auth !== "dex") return undefined;
  const secrets: Record<string, string> = {};
  for (const draft of connectors) Object.assign(secrets, connectorOf(draft).secrets);
  return Object.keys(secrets).length === 0 ? undefined : { connectors: secrets };
}
