import { Option } from "commander";
import {
  type AuthMode,
  type ConnectorDraft,
  connectorOf,
  FlowdeckError,
  type OidcSettings,
  oidcSettings,
  type SignInSecrets,
  type SignInSettings,
} from "../../common/contract/index.ts";
import { defined } from "../../common/json/index.ts";
import { type Message, message } from "../../common/words/cli.ts";
import type { LocalizedCommand } from "../app/index.ts";
import { readConnector } from "./read-connector.ts";
import type { CommandSession } from "./session.ts";
import { settingsProblems } from "./settings-messages.ts";
import { UsageError } from "./usage-error.ts";

/** How people will sign in, as the options of `flowdeck install` say it. */
export interface SignInOptions {
  signIn?: AuthMode;
  oidcIssuer?: string;
  oidcClient?: string;
  oidcRedirect?: string;
  oidcScopes?: string;
  oidcUnverified: boolean;
  oidcSecretEnv?: string;
  connector: string[];
}

export function signInOptions(command: LocalizedCommand): LocalizedCommand {
  const text = (said: Message) => command.text(said);
  return command
    .addOption(new Option("--sign-in <way>", text(message("cliHelp.signIn"))).choices(["dex", "standard", "oidc"]))
    .option("--connector <yaml>", text(message("cliHelp.connector")), (file, all: string[]) => [...all, file], [])
    .option("--oidc-issuer <address>", text(message("cliHelp.oidcIssuer")))
    .option("--oidc-client <id>", text(message("cliHelp.oidcClient")))
    .option("--oidc-redirect <address>", text(message("cliHelp.oidcRedirect")))
    .option("--oidc-secret-env <variable>", text(message("cliHelp.oidcSecretEnv")))
    .option("--oidc-scopes <scopes>", text(message("cliHelp.oidcScopes")))
    .option("--oidc-unverified", text(message("cliHelp.oidcUnverified")), false);
}

export interface ChosenSignIn {
  settings: { auth?: AuthMode; oidc?: OidcSettings; signIn?: SignInSettings };
  secrets: SignInSecrets | undefined;
  /** What can be tried from here. */
  drafts: ConnectorDraft[];
}

/** What the options choose. Throws a {@link UsageError} with what is missing or wrong. */
export async function chosenSignIn(options: SignInOptions, env: NodeJS.ProcessEnv): Promise<ChosenSignIn> {
  const auth = options.signIn ?? (options.oidcIssuer === undefined ? undefined : "oidc");
  if (auth === "oidc") return external(options, env);
  if (options.connector.length === 0) return { settings: defined({ auth }), secrets: undefined, drafts: [] };
  if (auth === "standard") throw new UsageError(message("cliUsage.connectorNeedsDex"));
  const drafts = await Promise.all(options.connector.map((file) => readConnector(file, false)));
  const made = drafts.map(connectorOf);
  const connectors = Object.assign({}, ...made.map(({ secrets }) => secrets)) as Record<string, string>;
  return {
    settings: { ...defined({ auth }), signIn: { connectors: made.map(({ connector }) => connector) } },
    secrets: { connectors },
    drafts,
  };
}

function external(options: SignInOptions, env: NodeJS.ProcessEnv): ChosenSignIn {
  const { oidcIssuer: issuer = "", oidcClient: clientId = "", oidcRedirect: redirect = "" } = options;
  const parsed = oidcSettings.safeParse(
    defined({ issuer, clientId, redirect, scopes: options.oidcScopes, unverified: options.oidcUnverified }),
    { reportInput: true },
  );
  if (!parsed.success) {
    const named = { issuer: "oidcIssuer", clientId: "oidcClient", redirect: "oidcRedirect", scopes: "oidcScopes" };
    const issues = parsed.error.issues.map((issue) => ({
      ...issue,
      path: [named[String(issue.path[0]) as keyof typeof named] ?? ""],
    }));
    throw new UsageError(...settingsProblems(issues));
  }
  const { oidcSecretEnv } = options;
  const secret = oidcSecretEnv === undefined ? undefined : env[oidcSecretEnv];
  if (oidcSecretEnv !== undefined && secret === undefined)
    throw new UsageError(message("cliUsage.noVariable", { name: oidcSecretEnv }));
  const { data: oidc } = parsed;
  const values = { issuer, clientID: clientId, clientSecret: secret ?? "", redirectURI: redirect };
  return {
    settings: { auth: "oidc", oidc },
    secrets: secret === undefined ? undefined : { oidcClientSecret: secret },
    drafts: secret === undefined ? [] : [{ type: "oidc", id: "oidc", name: new URL(issuer).host, values }],
  };
}

/** Tries what was chosen from here. @throws FlowdeckError `verify-failed` for what certainly doesn't work. */
export async function trySignIn({ client, output }: CommandSession, drafts: readonly ConnectorDraft[]): Promise<void> {
  const signs = { ok: "✓", warn: "!", bad: "✗" } as const;
  for (const draft of drafts) {
    const { findings } = await client.call("signIn.check", { draft });
    for (const { tone, said } of findings) output.say(`${signs[tone]} ${output.text(said)}`);
    const bad = findings.find(({ tone }) => tone === "bad");
    if (bad !== undefined) throw new FlowdeckError("verify-failed", bad.said);
  }
}
