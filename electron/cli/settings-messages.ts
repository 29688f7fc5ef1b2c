import type { z } from "zod";
import { issueMessage } from "../../common/contract/index.ts";
import { type Message, message } from "../../common/words/cli.ts";

/** The option of `flowdeck install` that a setting comes from. */
const options: Readonly<Record<string, string | Message>> = {
  name: "--name",
  baseDir: "--base-dir",
  email: "--email",
  userNamespace: "--user-namespace",
  release: "--release",
  components: "--components",
  imagePrefix: "--image-prefix",
  pullSecret: "--pull-secret",
  oidcIssuer: "--oidc-issuer",
  oidcClient: "--oidc-client",
  oidcRedirect: "--oidc-redirect",
  oidcScopes: "--oidc-scopes",
  way: "--way",
  nodePort: "--node-port",
  host: "--host",
  ingressClass: "--ingress-class",
  gateway: "--gateway",
  tls: "--tls",
  password: message("cliUsage.passwordOptions"),
};

/** What is wrong with settings, by the options that they come from; a message for each. */
export function settingsProblems(issues: readonly z.core.$ZodIssue[]): Message[] {
  return issues.map((issue) => {
    const field = String(issue.path[0] ?? "");
    return message("cliUsage.setting", { option: options[field] ?? field, problem: issueMessage(issue) });
  });
}
