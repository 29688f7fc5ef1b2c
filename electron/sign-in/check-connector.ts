import { X509Certificate } from "node:crypto";
import type { ConnectorDraft, SignInProbe } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import { checkLdap } from "./check-ldap.ts";
import { checkOidc, checkToken } from "./check-oidc.ts";
import type { Finding } from "./finding.ts";

/**
 * Tries a connector from this computer as far as that is possible without a browser: a bind and a search, a discovery, a
 * request that shows whether the client and its secret are known. Never throws for what it finds.
 *
 * @param probe Someone to sign in as, where the connector asks for a password.
 */
export async function checkConnector(
  { type, values }: ConnectorDraft,
  { probe, signal }: { probe?: SignInProbe | undefined; signal: AbortSignal },
): Promise<Finding[]> {
  const of = (path: string) => (values[path] ?? "").trim();
  const client = { id: of("clientID"), secret: values.clientSecret ?? "", redirect: of("redirectURI") };
  switch (type) {
    case "ldap":
      return checkLdap(values, { probe, signal });
    case "oidc":
      return checkOidc(of("issuer"), client, signal);
    case "google":
      return checkOidc("https://accounts.google.com", client, signal);
    case "microsoft":
      return checkOidc(`https://login.microsoftonline.com/${encodeURIComponent(of("tenant"))}/v2.0`, client, signal, {
        // Of `common` and `organizations` the issuer names each person's own tenant.
        sameIssuer: !/^(common|organizations|consumers)$/.test(of("tenant")),
      });
    case "gitlab":
      return checkOidc(of("baseURL").replace(/\/+$/, ""), client, signal);
    case "github": {
      const found = await checkToken("https://github.com/login/oauth/access_token", client, signal);
      return [...found, { tone: "warn", said: message("people.checkGithub") }];
    }
    case "saml":
      return [...certificateFindings(of("caData")), { tone: "warn", said: message("people.checkSaml") }];
  }
}

function certificateFindings(pem: string): Finding[] {
  try {
    const { validTo, subject } = new X509Certificate(pem);
    const params = { subject, date: validTo };
    if (Date.parse(validTo) < Date.now()) return [{ tone: "bad", said: message("people.certificateExpired", params) }];
    return [{ tone: "ok", said: message("people.certificateUntil", params) }];
  } catch {
    return [{ tone: "bad", said: message("people.certificateUnreadable") }];
  }
}
