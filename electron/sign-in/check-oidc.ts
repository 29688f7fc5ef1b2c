import { errorCode } from "../../common/contract/index.ts";
import { at, parseJson, text } from "../../common/json/index.ts";
import { message } from "../../common/words/index.ts";
import type { Finding } from "./finding.ts";

interface OidcClient {
  id: string;
  secret: string;
  redirect: string;
}

const timeoutMs = 10_000;
const mostBytes = 1_000_000;
const mostHops = 5;

/** Discovery, then what the provider says to this client: at its sign-in page, and with its secret. */
export async function checkOidc(
  issuer: string,
  client: OidcClient,
  signal: AbortSignal,
  { sameIssuer = true }: { sameIssuer?: boolean } = {},
): Promise<Finding[]> {
  const address = `${issuer.replace(/\/+$/, "")}/.well-known/openid-configuration`;
  const asked = await ask(address, {}, signal);
  if ("unreachable" in asked)
    return [{ tone: "warn", said: message("people.unreachable", { address, why: asked.unreachable }) }];
  const found = asked.json;
  const [named, authorize, token] = ["issuer", "authorization_endpoint", "token_endpoint"].map((key) =>
    text(at(found, key)),
  );
  if (asked.status !== 200 || named === undefined || authorize === undefined || token === undefined)
    return [{ tone: "bad", said: message("people.noDiscovery", { address, status: String(asked.status) }) }];
  if (sameIssuer && named !== issuer) return [{ tone: "bad", said: message("people.otherIssuer", { issuer, named }) }];
  const findings: Finding[] = [{ tone: "ok", said: message("people.discovered", { issuer: named }) }];
  findings.push(...(await checkAuthorize(authorize, client, signal)), ...(await checkToken(token, client, signal)));
  return findings;
}

/** What a browser would be answered that comes to sign in. */
async function checkAuthorize(address: string, { id, redirect }: OidcClient, signal: AbortSignal): Promise<Finding[]> {
  if (!isAddress(address)) return [];
  const url = new URL(address);
  const query = {
    client_id: id,
    redirect_uri: redirect,
    response_type: "code",
    scope: "openid email profile",
    state: "x",
  };
  for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
  let page = url;
  for (let hop = 0; hop < mostHops; hop += 1) {
    const asked = await ask(page.href, {}, signal);
    if ("unreachable" in asked)
      return [{ tone: "warn", said: message("people.unreachable", { address: url.origin, why: asked.unreachable }) }];
    const next = asked.location === undefined ? undefined : new URL(asked.location, page);
    const error = next?.searchParams.get("error") ?? "";
    if (asked.status >= 400 || ["unauthorized_client", "invalid_client"].includes(error)) {
      const params = { client: id, redirect, status: String(asked.status) };
      return [{ tone: "bad", said: message("people.clientUnknown", params) }];
    }
    // Dex itself reads the request only after a first redirect; elsewhere is where people sign in.
    if (next === undefined || next.origin !== url.origin) break;
    page = next;
  }
  return [{ tone: "ok", said: message("people.clientKnown", { client: id }) }];
}

/** A code that is no one's is rejected as such, unless the client's own secret is rejected first. */
export async function checkToken(address: string, client: OidcClient, signal: AbortSignal): Promise<Finding[]> {
  if (client.secret === "" || !isAddress(address)) return [];
  const form = { grant_type: "authorization_code", code: "flowdeck-check", redirect_uri: client.redirect };
  const basic = Buffer.from(`${encodeURIComponent(client.id)}:${encodeURIComponent(client.secret)}`).toString("base64");
  const ways = [
    { headers: { authorization: `Basic ${basic}` }, body: form },
    { headers: {}, body: { ...form, client_id: client.id, client_secret: client.secret } },
  ];
  let rejected = 0;
  for (const { headers, body } of ways) {
    const asked = await ask(
      address,
      {
        method: "POST",
        headers: { ...headers, "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams(body).toString(),
      },
      signal,
    );
    if ("unreachable" in asked)
      return [{ tone: "warn", said: message("people.unreachable", { address, why: asked.unreachable }) }];
    const error = text(at(asked.json, "error")) ?? "";
    if (error === "invalid_grant" || error === "bad_verification_code")
      return [{ tone: "ok", said: message("people.secretWorks") }];
    if (error === "invalid_client" || error === "incorrect_client_credentials" || asked.status === 401) rejected += 1;
    // Others answer what they don't like about the code in words of their own: that says nothing about the secret.
  }
  if (rejected === ways.length) return [{ tone: "bad", said: message("people.secretRejected", { client: client.id }) }];
  return [{ tone: "warn", said: message("people.secretUnknown") }];
}

type Asked = { status: number; location: string | undefined; json: unknown } | { unreachable: string };

async function ask(address: string, request: RequestInit, signal: AbortSignal): Promise<Asked> {
  try {
    const response = await fetch(address, {
      ...request,
      headers: { accept: "application/json, text/html;q=0.5", ...(request.headers as Record<string, string>) },
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    const words = await response.text();
    return {
      status: response.status,
      location: response.headers.get("location") ?? undefined,
      json: words.length > mostBytes ? undefined : parsed(words),
    };
  } catch (error) {
    signal.throwIfAborted();
    const cause = error instanceof Error ? error.cause : undefined;
    return { unreachable: errorCode(cause) ?? (error instanceof Error ? error.name : String(error)) };
  }
}

function parsed(words: string): unknown {
  try {
    return parseJson(words);
  } catch {
    return undefined;
  }
}

function isAddress(address: string): boolean {
  return /^https?:\/\//.test(address) && URL.canParse(address);
}
