import { z } from "zod";

/**
 * Dex's connectors and what each of them has to know, as data: the page's form, the command line, the checks and what is
 * written all come from here. Paths are those of Dex's configuration.
 * https://dexidp.io/docs/connectors/
 */
export const connectorTypes = ["ldap", "oidc", "github", "gitlab", "google", "microsoft", "saml"] as const;
export const connectorType = z.enum(connectorTypes);
export type ConnectorType = z.infer<typeof connectorType>;

/** Names, which are the same in every language. */
export const connectorTitles: Record<ConnectorType, string> = {
  ldap: "LDAP",
  oidc: "OpenID Connect",
  github: "GitHub",
  gitlab: "GitLab",
  google: "Google",
  microsoft: "Microsoft",
  saml: "SAML 2.0",
};

type FieldKind = "text" | "secret" | "url" | "flag" | "list" | "pem" | "host";

export interface ConnectorField {
  path: string;
  /** What the field is called, by its text `people.field.<label>`. */
  label: ConnectorLabel;
  kind: FieldKind;
  required?: true;
  initial?: string;
}

export type ConnectorLabel =
  | "issuer"
  | "clientId"
  | "clientSecret"
  | "redirect"
  | "host"
  | "plainLdap"
  | "startTls"
  | "rootCa"
  | "bindDn"
  | "bindPassword"
  | "userBase"
  | "userFilter"
  | "loginAttribute"
  | "idAttribute"
  | "emailAttribute"
  | "nameAttribute"
  | "groupBase"
  | "groupFilter"
  | "groupName"
  | "groupUserAttribute"
  | "groupMemberAttribute"
  | "skipVerified"
  | "groups"
  | "organization"
  | "baseUrl"
  | "domains"
  | "tenant"
  | "ssoUrl"
  | "certificate"
  | "userAttribute";

const client: readonly ConnectorField[] = [
  { path: "clientID", label: "clientId", kind: "text", required: true },
  { path: "clientSecret", label: "clientSecret", kind: "secret", required: true },
  { path: "redirectURI", label: "redirect", kind: "url", required: true },
];

export const connectorFields: Record<ConnectorType, readonly ConnectorField[]> = {
  ldap: [
    { path: "host", label: "host", kind: "host", required: true },
    { path: "insecureNoSSL", label: "plainLdap", kind: "flag" },
    { path: "startTLS", label: "startTls", kind: "flag" },
    { path: "rootCAData", label: "rootCa", kind: "pem" },
    { path: "bindDN", label: "bindDn", kind: "text" },
    { path: "bindPW", label: "bindPassword", kind: "secret" },
    { path: "userSearch.baseDN", label: "userBase", kind: "text", required: true },
    { path: "userSearch.filter", label: "userFilter", kind: "text", initial: "(objectClass=person)" },
    { path: "userSearch.username", label: "loginAttribute", kind: "text", required: true, initial: "uid" },
    { path: "userSearch.idAttr", label: "idAttribute", kind: "text", required: true, initial: "uid" },
    { path: "userSearch.emailAttr", label: "emailAttribute", kind: "text", required: true, initial: "mail" },
    { path: "userSearch.nameAttr", label: "nameAttribute", kind: "text", initial: "cn" },
    { path: "groupSearch.baseDN", label: "groupBase", kind: "text" },
    { path: "groupSearch.filter", label: "groupFilter", kind: "text" },
    { path: "groupSearch.nameAttr", label: "groupName", kind: "text" },
    { path: "groupSearch.userMatchers.0.userAttr", label: "groupUserAttribute", kind: "text" },
    { path: "groupSearch.userMatchers.0.groupAttr", label: "groupMemberAttribute", kind: "text" },
  ],
  oidc: [
    { path: "issuer", label: "issuer", kind: "url", required: true },
    ...client,
    { path: "insecureSkipEmailVerified", label: "skipVerified", kind: "flag" },
    { path: "insecureEnableGroups", label: "groups", kind: "flag" },
  ],
  github: [...client, { path: "orgs.0.name", label: "organization", kind: "text" }],
  gitlab: [
    { path: "baseURL", label: "baseUrl", kind: "url", required: true, initial: "https://gitlab.com" },
    ...client,
    { path: "groups", label: "groups", kind: "list" },
  ],
  google: [...client, { path: "hostedDomains", label: "domains", kind: "list" }],
  microsoft: [
    ...client,
    { path: "tenant", label: "tenant", kind: "text", required: true },
    { path: "groups", label: "groups", kind: "list" },
  ],
  saml: [
    { path: "ssoURL", label: "ssoUrl", kind: "url", required: true },
    { path: "caData", label: "certificate", kind: "pem", required: true },
    { path: "redirectURI", label: "redirect", kind: "url", required: true },
    { path: "usernameAttr", label: "userAttribute", kind: "text", required: true, initial: "name" },
    { path: "emailAttr", label: "emailAttribute", kind: "text", required: true, initial: "email" },
  ],
};

/** What is wrong with a value; its text is the message `connectorProblem.<problem>`. */
export type FieldProblem = "empty" | "url" | "dollar" | "line" | "pem" | "host" | "long";

function rule({ kind, required }: ConnectorField): z.ZodType<string, string> {
  const short = z
    .string()
    .max(2000, "long")
    .regex(/^[^\p{Cc}]*$/u, "line")
    // Dex replaces $NAME in every value by an environment variable.
    .refine((value) => kind === "secret" || !value.includes("$"), "dollar");
  const isFilled = (value: string) => value !== "";
  const filled = (schema: z.ZodType<string, string>) => (required ? schema.refine(isFilled, "empty") : schema);
  switch (kind) {
    case "url":
      return filled(short.refine((value) => value === "" || isAddress(value), "url"));
    case "host":
      return filled(
        short.refine((value) => value === "" || /^(\[[0-9a-fA-F:]+\]|[\w.-]+)(:\d{1,5})?$/.test(value), "host"),
      );
    case "pem":
      return filled(
        z
          .string()
          .max(100_000, "long")
          .refine(
            (value) => value === "" || /-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/.test(value),
            "pem",
          ),
      );
    default:
      return filled(short);
  }
}

function isAddress(value: string): boolean {
  try {
    return ["http:", "https:"].includes(new URL(value).protocol);
  } catch {
    return false;
  }
}

export const connectorDraft = z.object({
  type: connectorType,
  /** In addresses and in the names of variables. */
  id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  /** On the button of the sign-in page. */
  name: z
    .string()
    .min(1)
    .max(100)
    .regex(/^[^\p{Cc}$]*$/u),
  /** By path; of secrets that are known already, none. */
  values: z.record(z.string().max(100), z.string().max(100_000)),
});
export type ConnectorDraft = z.infer<typeof connectorDraft>;

/** What is wrong with a draft, by path. `kept`: secrets that are known, and may be left empty. */
export function connectorProblems(
  { type, values }: Pick<ConnectorDraft, "type" | "values">,
  kept = false,
): Record<string, FieldProblem> {
  const problems: Record<string, FieldProblem> = {};
  for (const field of connectorFields[type]) {
    const value = values[field.path] ?? "";
    if (kept && field.kind === "secret" && value === "") continue;
    const issue = rule(field).safeParse(value).error?.issues[0];
    if (issue !== undefined) problems[field.path] = issue.message as FieldProblem;
  }
  return problems;
}

/** A connector as flowdeck.yaml records it: secrets are `$NAME` of the environment variable that has them. */
export const recordedConnector = z.object({
  type: z.string().max(40),
  id: z.string().max(60),
  name: z.string().max(200),
  config: z.record(z.string(), z.unknown()),
});
export type RecordedConnector = z.infer<typeof recordedConnector>;

/** The variable with a connector's secret. */
export function connectorVariable(id: string, path: string): string {
  return `DEX_CONNECTOR_${`${id}_${path}`.toUpperCase().replace(/[^A-Z0-9]+/g, "_")}`;
}

/** A draft as Dex's configuration has it, and the secrets beside it, by variable. Empty fields are left out. */
export function connectorOf(draft: ConnectorDraft): { connector: RecordedConnector; secrets: Record<string, string> } {
  const { type, id, name, values } = draft;
  const config: Record<string, unknown> = {};
  const secrets: Record<string, string> = {};
  for (const { path, kind } of connectorFields[type]) {
    const value = (values[path] ?? "").trim();
    const variable = connectorVariable(id, path);
    if (kind === "secret") {
      if (value !== "") secrets[variable] = values[path] ?? "";
      if (value !== "" || type !== "ldap" || (values.bindDN ?? "") !== "") put(config, path, `$${variable}`);
    } else if (kind === "flag") {
      if (value === "true") put(config, path, true);
    } else if (value !== "") {
      put(config, path, kind === "list" ? value.split(/[\s,;]+/) : kind === "pem" ? base64(`${value}\n`) : value);
    }
  }
  return { connector: { type, id, name, config }, secrets };
}

/** The values of a draft that a connector was made of; undefined for one with fields that the form does not know. */
export function draftOf({ type: written, id, name, config }: RecordedConnector): ConnectorDraft | undefined {
  const type = connectorTypes.find((one) => one === written);
  if (type === undefined) return undefined;
  const values: Record<string, string> = {};
  for (const { path, kind } of connectorFields[type]) {
    const value = path.split(".").reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), config);
    if (kind === "secret" || value === undefined) continue;
    values[path] = Array.isArray(value) ? value.join(" ") : kind === "pem" ? fromBase64(String(value)) : String(value);
  }
  return { type, id, name, values };
}

function put(config: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split(".");
  let here: Record<string, unknown> = config;
  for (const [index, key] of keys.slice(0, -1).entries()) {
    const made: unknown = /^\d+$/.test(keys[index + 1] ?? "") ? [] : {};
    const next = here[key] ?? made;
    here[key] = next;
    here = next as Record<string, unknown>;
  }
  here[keys.at(-1) ?? ""] = value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function base64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(""));
}

function fromBase64(text: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
  } catch {
    return "";
  }
}
