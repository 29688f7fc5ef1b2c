import {
  FlowdeckError,
  type InstallSettings,
  type RecordedConnector,
  type RecordedPerson,
} from "../../../common/contract/index.ts";
import { fields, stringifyJson } from "../../../common/json/index.ts";
import { message } from "../../../common/words/index.ts";
import type { InstallSecrets } from "../types.ts";
import { DexConfig, type DexPerson, disabledFile, disabledPeople } from "./dex-config.ts";
import { type Edit, type Place, restartWith, shown } from "./edit.ts";

export const dexConfig = { kind: "ConfigMap", namespace: "auth", name: "dex" };
export const dexClient = { kind: "Secret", namespace: "auth", name: "dex-oidc-client" };
export const dexPasswords = { kind: "Secret", namespace: "auth", name: "dex-passwords" };
export const dexDeployment = { kind: "Deployment", namespace: "auth", name: "dex" };
export const proxyDeployment = { kind: "Deployment", namespace: "oauth2-proxy", name: "oauth2-proxy" };

/** The variable that the release reads its one person's hash from. */
export const firstPasswordKey = "DEX_USER_PASSWORD";

const bcrypt = /^\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}$/;

/**
 * Dex: who can sign in, and the secret it shares with oauth2-proxy. Does the same to what it has made itself, so that a
 * change after the installation is made in the files of KF_DIR, too.
 */
export function signIn(edit: Edit, settings: InstallSettings, secrets: InstallSecrets): void {
  const recorded = settings.signIn?.people;
  const hashes: Record<string, string> = {};
  edit.change("dex", dexConfig, (config) => {
    const data = fields(config.data);
    const document = new DexConfig(String(data["config.yaml"] ?? ""));
    const [first] = document.people;
    if (recorded === undefined && (document.people.length !== 1 || first?.passwordKey !== firstPasswordKey))
      throw edit.missing("dex", message("render.singlePassword", { object: shown(dexConfig) }));
    const people: (DexPerson & { disabled?: boolean })[] =
      recorded?.map((person) => withOwnAddress(person, settings)) ??
      (first === undefined ? [] : [{ ...first, email: settings.email }]);
    for (const person of people) Object.assign(hashes, hashOf(person, secrets));
    document.setPeople(people.filter(({ disabled }) => !disabled));
    const connectors = settings.signIn?.connectors;
    if (connectors !== undefined) {
      document.setConnectors(connectors);
      Object.assign(hashes, connectorSecrets(connectors, secrets));
    }
    const off = disabledPeople(people.filter(({ disabled }) => disabled));
    const { [disabledFile]: _before, ...rest } = data;
    config.data = {
      ...rest,
      "config.yaml": document.toString(),
      ...(off === undefined ? {} : { [disabledFile]: off }),
    };
  });
  // What the release has is replaced where it is; who came later has a key that it does not know.
  if (settings.signIn === undefined) edit.setSecret("dex", dexPasswords, hashes);
  else putSecret(edit, dexPasswords, hashes);
  edit.setSecret("dex", dexClient, { OIDC_CLIENT_SECRET: secrets.oauthClientSecret });
  restartWith(edit, "dex", dexDeployment, [dexConfig, dexClient, dexPasswords], secrets);
}

/** The person that the installation was made for has the address that the settings name now. */
function withOwnAddress(person: RecordedPerson, { email }: InstallSettings): RecordedPerson {
  return person.passwordKey === firstPasswordKey ? { ...person, email } : person;
}

function hashOf({ email, passwordKey = "" }: DexPerson, secrets: InstallSecrets): Record<string, string> {
  const hash = passwordKey === firstPasswordKey ? secrets.passwordHash : secrets.people?.[passwordKey];
  if (hash !== undefined && bcrypt.test(hash)) return { [passwordKey]: hash };
  throw passwordKey === firstPasswordKey
    ? new FlowdeckError("settings-invalid", message("render.noPassword"), {
        advice: message("render.noPasswordAdvice"),
      })
    : new FlowdeckError("settings-invalid", message("people.noHash", { email }), {
        advice: message("people.noHashWay"),
      });
}

/** The values of the variables that these connectors name. */
function connectorSecrets(connectors: readonly RecordedConnector[], secrets: InstallSecrets): Record<string, string> {
  const named = connectors.flatMap(({ config }) => [
    ...JSON.stringify(config).matchAll(/"\$(DEX_CONNECTOR_[A-Z0-9_]+)"/g),
  ]);
  return Object.fromEntries(
    named.map(([, variable = ""]) => {
      const value = secrets.connectors?.[variable];
      if (value !== undefined) return [variable, value];
      throw new FlowdeckError("settings-invalid", message("people.noConnectorSecret", { variable }), {
        advice: message("people.noHashWay"),
      });
    }),
  );
}

/** Makes a Secret of these values alone, written as it is: in `data` or in `stringData`. */
function putSecret(edit: Edit, place: Place, values: Readonly<Record<string, string>>): void {
  edit.change("dex", place, (secret) => {
    if (secret.stringData !== undefined) secret.stringData = { ...values };
    else {
      const encoded = Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString("base64")]);
      secret.data = Object.fromEntries(encoded);
    }
  });
}

/** oauth2-proxy: the client secret that Dex knows, and the key of its cookies. Its Secret's name ends in a hash. */
export function gatewaySignIn(edit: Edit, secrets: InstallSecrets): void {
  const secretName = proxySecretIn(edit.find("oauth2-proxy", proxyDeployment));
  if (secretName === undefined)
    throw edit.missing("oauth2-proxy", message("render.clientSecret", { object: shown(proxyDeployment) }));
  const place = { kind: "Secret", namespace: "oauth2-proxy", name: secretName };
  edit.setSecret("oauth2-proxy", place, {
    "client-secret": secrets.oauthClientSecret,
    "cookie-secret": secrets.oauthCookieSecret,
  });
  restartWith(edit, "oauth2-proxy", proxyDeployment, [place], secrets);
}

/** The name of the Secret that oauth2-proxy's Deployment reads; undefined where it reads none. */
export function proxySecretIn(deployment: object): string | undefined {
  const reference = stringifyJson(deployment);
  const name = /"key":"client-secret","name":"([^"]+)"|"name":"([^"]+)","key":"client-secret"/.exec(reference);
  return name?.[1] ?? name?.[2];
}
