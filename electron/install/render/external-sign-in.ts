import { FlowdeckError, type InstallSettings, type OidcSettings } from "../../../common/contract/index.ts";
import { at, fields, list, text } from "../../../common/json/index.ts";
import { message } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import type { CatalogueRelease, InstallSecrets, RenderedComponent } from "../types.ts";
import { type Edit, type Place, restartWith, shown } from "./edit.ts";
import { proxyDeployment, proxySecretIn } from "./sign-in.ts";

const component = "oauth2-proxy";

/** Whether people sign in at a provider of their own, without Dex. */
export function isExternalSignIn({ shape, signIn }: CatalogueRelease, { auth }: InstallSettings): boolean {
  return shape === "kubeflow" && signIn && auth === "oidc";
}

export function withoutDex(components: readonly RenderedComponent[]): RenderedComponent[] {
  return components.filter(({ id }) => id !== "dex");
}

/**
 * oauth2-proxy signs people in at the provider itself, and the gateway takes the provider's tokens, for this client only:
 * a provider that everyone uses signs tokens for other programs, too.
 * https://github.com/kubeflow/manifests/blob/master/common/oauth2-proxy/README.md
 * @throws FlowdeckError `settings-invalid` where the provider or the client's secret is not known, `build-failed` where a place
 * of it is missing.
 */
export function externalSignIn(edit: Edit, { oidc }: InstallSettings, secrets: InstallSecrets): void {
  if (!edit.has(component)) return;
  if (oidc === undefined)
    throw new FlowdeckError("settings-invalid", message("externalSignIn.noProvider"), {
      advice: message("externalSignIn.noProviderWay"),
    });
  if (secrets.oidcClientSecret === undefined)
    throw new FlowdeckError("settings-invalid", message("externalSignIn.noSecret"), {
      advice: message("externalSignIn.noSecretWay"),
    });
  const deployment = edit.find(component, proxyDeployment);
  const secretName = proxySecretIn(deployment);
  const configName = volumeOf(deployment, "oauth2-proxy-config");
  if (secretName === undefined || configName === undefined)
    throw edit.missing(component, message("render.clientSecret", { object: shown(proxyDeployment) }));
  const secret: Place = { kind: "Secret", namespace: component, name: secretName };
  const config: Place = { kind: "ConfigMap", namespace: component, name: configName };
  edit.setSecret(component, secret, {
    "client-id": oidc.clientId,
    "client-secret": secrets.oidcClientSecret,
    "cookie-secret": secrets.oauthCookieSecret,
  });
  edit.change(component, config, (map) => {
    const data = fields(map.data);
    map.data = { ...data, "oauth2_proxy.cfg": proxyConfig(edit, String(data["oauth2_proxy.cfg"] ?? ""), oidc) };
  });
  edit.note(component, config, message("externalSignIn.config", { issuer: oidc.issuer, client: oidc.clientId }));
  const parameters = verified(edit, deployment, oidc);
  restartWith(edit, component, proxyDeployment, [secret, config, ...parameters], secrets);
  trust(edit, oidc);
  closeDexPaths(edit);
}

/** The configuration of oauth2-proxy: what the release says about Dex, with its comments, said about the provider. */
function proxyConfig(edit: Edit, written: string, { issuer, redirect, scopes, unverified }: OidcSettings): string {
  if (!/^oidc_issuer_url *=/m.test(written)) throw edit.missing(component, "oidc_issuer_url");
  const values: Record<string, string | boolean | undefined> = {
    oidc_issuer_url: issuer,
    scope: scopes,
    provider_display_name: new URL(issuer).host,
    redirect_url: redirect,
    insecure_oidc_allow_unverified_email: unverified ? true : undefined,
    // They are for Dex behind the same address, which the provider is not.
    skip_oidc_discovery: undefined,
    login_url: undefined,
    redeem_url: undefined,
    oidc_jwks_url: undefined,
    relative_redirect_url: undefined,
    skip_auth_routes: undefined,
    // With "none", a provider signs in no one who has no session there; else "force" is the default, which asks again each time.
    prompt: undefined,
    approval_prompt: "auto",
  };
  const kept = Object.keys(values).reduce(
    (rest, key) => rest.replace(new RegExp(`(?:^#.*\\n)*^${key} *= *(\\[[^\\]]*\\]|.*)(\\n|$)`, "m"), ""),
    written,
  );
  // A string of JSON is one of TOML, too.
  const lines = Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key} = ${JSON.stringify(value)}`],
  );
  return `${kept.trimEnd()}\n\n${lines.join("\n")}\n`;
}

/** The release lets oauth2-proxy trust any certificate, for clusters whose issuer has none: not so a provider elsewhere. */
function verified(edit: Edit, deployment: KubeObject, { issuer }: OidcSettings): Place[] {
  if (!issuer.startsWith("https:")) return [];
  const variables = list(at(deployment, "spec", "template", "spec", "containers")).flatMap((container) =>
    list(at(container, "env")),
  );
  const from = variables.find((one) => text(at(one, "name")) === "OAUTH2_PROXY_SSL_INSECURE_SKIP_VERIFY");
  const name = text(at(from, "valueFrom", "configMapKeyRef", "name"));
  const key = text(at(from, "valueFrom", "configMapKeyRef", "key"));
  if (name === undefined || key === undefined) return [];
  const place: Place = { kind: "ConfigMap", namespace: component, name };
  edit.change(component, place, (map) => {
    map.data = { ...fields(map.data), [key]: "false" };
  });
  edit.note(component, place, message("externalSignIn.verified"));
  return [place];
}

const isOfGateway = (kind: string, naming: string) => (object: KubeObject) =>
  object.kind === kind &&
  object.metadata.namespace === "istio-system" &&
  JSON.stringify(object.spec ?? {}).includes(naming);

function trust(edit: Edit, { issuer, clientId }: OidcSettings): void {
  const found = edit.where(isOfGateway("RequestAuthentication", "//dex."));
  if (found.length !== 1) throw edit.missing(component, "RequestAuthentication istio-system/dex-jwt");
  for (const { component: id, place } of found) {
    edit.change(id, place, (object) => {
      const spec = fields(object.spec);
      const jwtRules = list(spec.jwtRules).map((rule) => {
        const { jwksUri: _ofDex, ...rest } = fields(rule);
        return { ...rest, issuer, audiences: [clientId] };
      });
      object.spec = { ...spec, jwtRules };
    });
    edit.note(id, place, message("externalSignIn.trusts", { issuer, client: clientId }));
  }
}

/** Nothing answers at Dex's paths, so no one is let through there without signing in. */
function closeDexPaths(edit: Edit): void {
  for (const { component: id, place } of edit.where(isOfGateway("AuthorizationPolicy", '"/dex/'))) {
    edit.change(id, place, (object) => {
      object.spec = withoutDexPaths(object.spec);
    });
    edit.note(id, place, message("externalSignIn.closed"));
  }
}

function withoutDexPaths(value: unknown): unknown {
  if (Array.isArray(value))
    return value.filter((item) => typeof item !== "string" || !item.startsWith("/dex/")).map(withoutDexPaths);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutDexPaths(inner)]));
}

function volumeOf(deployment: KubeObject, name: string): string | undefined {
  const volumes = list(at(deployment, "spec", "template", "spec", "volumes"));
  return text(
    at(
      volumes.find((volume) => text(at(volume, "name")) === name),
      "configMap",
      "name",
    ),
  );
}
