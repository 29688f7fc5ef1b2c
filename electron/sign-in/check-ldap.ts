import { Client, FilterParser, InvalidCredentialsError, ResultCodeError } from "ldapts";
import type { SignInProbe } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import type { Finding } from "./finding.ts";

const timeoutMs = 8_000;
/** Enough to see that the search finds people. */
const mostFound = 20;

/** Binds and searches as Dex does, and signs someone in where that is asked for. */
export async function checkLdap(
  values: Readonly<Record<string, string>>,
  { probe, signal }: { probe?: SignInProbe | undefined; signal: AbortSignal },
): Promise<Finding[]> {
  const of = (path: string) => (values[path] ?? "").trim();
  const isPlain = of("insecureNoSSL") === "true";
  const startTls = of("startTLS") === "true" && !isPlain;
  const scheme = isPlain || startTls ? "ldap" : "ldaps";
  const host = of("host");
  const url = `${scheme}://${/:\d+$/.test(host) ? host : `${host}:${scheme === "ldap" ? 389 : 636}`}`;
  const ca = of("rootCAData");
  const tls = ca === "" ? {} : { ca };
  const connect = () =>
    new Client({
      ...{ url, timeout: timeoutMs, connectTimeout: timeoutMs },
      ...(scheme === "ldaps" ? { tlsOptions: tls } : {}),
    });
  const filter = (value: string) =>
    `(&${of("userSearch.filter") || "(objectClass=*)"}(${of("userSearch.username")}=${value}))`;
  try {
    FilterParser.parseString(filter("x"));
  } catch {
    return [{ tone: "bad", said: message("people.ldapFilter", { filter: of("userSearch.filter") }) }];
  }
  const client = connect();
  const onAbort = () => void client.unbind().catch(() => undefined);
  signal.addEventListener("abort", onAbort);
  try {
    if (startTls) await client.startTLS(tls);
    if (of("bindDN") !== "") await client.bind(of("bindDN"), values.bindPW ?? "");
    const findings: Finding[] = [{ tone: "ok", said: message("people.ldapBound", { host: url }) }];
    const base = of("userSearch.baseDN");
    const attributes = ["idAttr", "emailAttr", "nameAttr"].map((name) => of(`userSearch.${name}`)).filter(Boolean);
    const search = (value: string) =>
      client.search(base, { scope: "sub", filter: filter(value), attributes, sizeLimit: mostFound }).catch(cutShort);
    const found = await search("*");
    if (found === undefined)
      findings.push({ tone: "ok", said: message("people.ldapMany", { count: mostFound, base }) });
    else if (found.searchEntries.length === 0)
      return [...findings, { tone: "bad", said: message("people.ldapNone", { base, filter: filter("*") }) }];
    else {
      const count = found.searchEntries.length;
      findings.push({ tone: "ok", said: message("people.ldapFound", { count, base }) });
      const email = of("userSearch.emailAttr");
      const without = found.searchEntries.filter((entry) => !hasValue(entry[email])).length;
      if (without > 0) findings.push({ tone: "warn", said: message("people.ldapNoEmail", { count: without, email }) });
    }
    if (probe === undefined) return findings;
    const someone = await search(escaped(probe.login));
    const [entry] = someone?.searchEntries ?? [];
    if (entry === undefined || someone?.searchEntries.length !== 1)
      return [...findings, { tone: "bad", said: message("people.probeMissing", { login: probe.login }) }];
    const other = connect();
    try {
      if (startTls) await other.startTLS(tls);
      await other.bind(entry.dn, probe.password);
      findings.push({ tone: "ok", said: message("people.probeWell", { login: probe.login }) });
    } catch (error) {
      if (!(error instanceof InvalidCredentialsError)) throw error;
      findings.push({ tone: "bad", said: message("people.probeRejected", { login: probe.login }) });
    } finally {
      await other.unbind().catch(() => undefined);
    }
    return findings;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof InvalidCredentialsError)
      return [{ tone: "bad", said: message("people.ldapRejected", { dn: of("bindDN") }) }];
    const why = error instanceof Error ? error.message.replaceAll(/\s+/g, " ").trim() || error.name : String(error);
    // The server answered, and did not like what it was asked.
    if (error instanceof ResultCodeError)
      return [{ tone: "bad", said: message("people.ldapError", { host: url, why }) }];
    return [{ tone: "warn", said: message("people.unreachable", { address: url, why }) }];
  } finally {
    signal.removeEventListener("abort", onAbort);
    await client.unbind().catch(() => undefined);
  }
}

/** Where there are more entries than asked for, the server says so and gives none here. */
function cutShort(error: unknown): undefined {
  if (error instanceof ResultCodeError && error.code === 4) return undefined;
  throw error;
}

function hasValue(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== "";
}

/** RFC 4515: characters with a meaning in filters. */
function escaped(value: string): string {
  return value.replace(/[\\*()\0]/g, (character) => `\\${character.charCodeAt(0).toString(16).padStart(2, "0")}`);
}
