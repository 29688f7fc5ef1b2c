import {
  type AccessSettings,
  type AccessView,
  type AppError,
  isAddress,
  isSecure,
  saidOf,
} from "../../common/contract/index.ts";
import { message, verbatim } from "../../common/words/index.ts";
import { expiryProblem, isRenewed } from "../certificates/index.ts";
import { type ClusterClient, isLoopback, isServed } from "../cluster/index.ts";
import { endsAtGateway, wayInName } from "../install/index.ts";
import { certificateState } from "./certificate-state.ts";
import { isContactable } from "./contactable.ts";
import { asAddresses, askDns } from "./dns.ts";
import { probe, verifyFailed } from "./probe.ts";
import { accessOf, type Dashboard, type Places, whereItAnswers } from "./where-it-answers.ts";

export interface Subject {
  /** Absent: nobody chose a way; what the Service is, is told. */
  access: AccessSettings | undefined;
  dashboard: Dashboard;
  /** Its nodes and load balancers are simulated: nothing answers at their addresses. */
  practice: boolean;
}

export interface LookOptions {
  dnsServers?: readonly string[] | undefined;
  timeoutMs?: number | undefined;
  /** Where people come who type no `https`; 80. */
  plainPort?: number | undefined;
  signal: AbortSignal;
}

type Reading = Pick<ClusterClient, "get" | "list" | "server" | "resourceFor">;

/** Everything about how an installation is reached: told by the cluster and by DNS, and tried from here. */
export async function look(client: Reading, subject: Subject, options: LookOptions): Promise<AccessView> {
  const { dashboard, practice } = subject;
  const { signal } = options;
  const access = subject.access ?? (await chosenBySomebody(client, dashboard, signal));
  const base = { access, attention: [], checkedAt: new Date().toISOString(), looking: false };
  if (access.way === "forward") return base;
  const places = await whereItAnswers(client, access, { dashboard, practice, signal });
  const host = access.host ?? places.hosts[0];
  const hasName = access.host !== undefined && !isAddress(access.host);
  const [dns, answer, certificate] = await Promise.all([
    hasName && !practice ? askDns(access.host ?? "", places.hosts, dnsOf(options)) : undefined,
    host === undefined || places.hosts.length === 0
      ? undefined
      : answerOf(client, subject, access, { places, host, options }),
    issued(client, access, dashboard.namespace, signal),
  ]);
  const plain = answer && host && hasPlainPort(access) ? await plainAnswer(answer, host, options) : undefined;
  const url = host === undefined || places.hosts.length === 0 ? undefined : urlOf(host, places.port, isSecure(access));
  const view: AccessView = {
    ...base,
    ...(url ? { url } : {}),
    ...(places.waiting ? { waiting: places.waiting } : {}),
    ...(dns ? { dns } : {}),
    ...(answer ? { answer } : {}),
    ...(plain ? { plain } : {}),
    ...(certificate ? { certificate } : {}),
  };
  return { ...view, attention: attentionOf(view) };
}

async function chosenBySomebody(client: Reading, dashboard: Dashboard, signal: AbortSignal): Promise<AccessSettings> {
  const { namespace, service: name, port } = dashboard;
  return accessOf(await client.get({ apiVersion: "v1", kind: "Service", namespace, name }, signal), port);
}

function dnsOf({ dnsServers: servers, timeoutMs, signal }: LookOptions) {
  return { servers, signal, ...(timeoutMs === undefined ? {} : { timeoutMs }) };
}

/** A node port serves TLS and nothing else; what is in front of the others usually has port 80, too. */
function hasPlainPort(access: AccessSettings): boolean {
  return isSecure(access) && access.way !== "nodePort";
}

/** What someone sees there who types no https; undefined where the address itself does not answer. */
export async function plainAnswer(
  { at, error }: NonNullable<AccessView["answer"]>,
  host: string,
  { plainPort = 80, timeoutMs, signal }: LookOptions,
): Promise<AccessView["plain"]> {
  if (error) return undefined;
  const address = at.replace(/:\d+$/, "").replace(/^\[|\]$/g, "");
  const target = { address, port: plainPort, secure: false, host };
  const answer = await probe(target, { signal, ...(timeoutMs === undefined ? {} : { timeoutMs }) });
  const { status, toHttps } = answer;
  if (status === undefined) return { at: answer.at, state: "closed" };
  // A web server that has nothing for plain HTTP shows no one a page to sign in at, either.
  return { at: answer.at, state: toHttps ? "redirected" : status === 404 || status === 426 ? "closed" : "served" };
}

/** The first of its addresses that answers; where none does, what the first one said. */
async function answerOf(
  client: Reading,
  { practice }: Subject,
  access: AccessSettings,
  { places, host, options }: { places: Places; host: string; options: LookOptions },
): Promise<AccessView["answer"]> {
  const { port, kind } = places;
  const first = places.hosts[0] ?? host;
  const told = (error: AppError) => ({ at: `${first}:${port}`, signIn: false, error });
  // Whoever has these addresses in the reader's own network has nothing to do with it.
  if (practice) return told(verifyFailed(message("wayIn.practiceNodes"), message("wayIn.practiceNodesWay")));
  const local = isLoopback(client.server);
  const found = await Promise.all(
    places.hosts.slice(0, 3).map((one) => asAddresses(one, dnsOf(options)).catch(() => [])),
  );
  const addresses = found.flat();
  const allowed = addresses.filter((one) => isContactable(one, local));
  if (allowed.length === 0) {
    return told(verifyFailed(message("wayIn.refusedAddress", { address: addresses[0] ?? first })));
  }
  let answer: AccessView["answer"];
  for (const address of allowed.slice(0, 3)) {
    const { timeoutMs, signal } = options;
    const target = { address, port, secure: isSecure(access), host };
    const one = await probe(target, { signal, ...(timeoutMs === undefined ? {} : { timeoutMs }) });
    answer ??= one;
    if (one.error === undefined) return one;
  }
  if (kind && answer?.error)
    answer = {
      ...answer,
      error: { ...answer.error, advice: [...(answer.error.advice ?? []), message("wayIn.kindNodes")] },
    };
  return answer;
}

/** What cert-manager says, where it makes the certificate. */
async function issued(
  client: Reading,
  access: AccessSettings,
  namespace: string,
  signal: AbortSignal,
): Promise<AccessView["certificate"]> {
  const { tls, way } = access;
  if ((tls.kind !== "acme" && tls.kind !== "selfSigned") || !(way === "ingress" || endsAtGateway(access)))
    return undefined;
  const apiVersion = "cert-manager.io/v1";
  const certificate = await client.get({ apiVersion, kind: "Certificate", namespace, name: wayInName }, signal);
  if (certificate === undefined) {
    const object = `Certificate ${namespace}/${wayInName}`;
    return { ready: false, why: [message("wayIn.waitMissing", { object })] };
  }
  const acme = "acme.cert-manager.io/v1";
  const beside = async (kind: string) =>
    tls.kind === "acme" && (await isServed(client, acme, kind, signal))
      ? client.list(acme, kind, { namespace, signal })
      : [];
  // Who may not read these is told without them.
  const [orders, challenges] = await Promise.all(["Order", "Challenge"].map((kind) => beside(kind).catch(() => [])));
  return certificateState({ certificate, orders: orders ?? [], challenges: challenges ?? [] });
}

/** What will be, or is, a problem, the worst first. */
export function attentionOf(
  { access, waiting, dns, answer, plain, certificate }: AccessView,
  now = Date.now(),
): AccessView["attention"] {
  const found: AccessView["attention"] = [];
  const served = answer?.tls?.facts;
  const to = served?.to ?? certificate?.to;
  const subject = served?.names[0] ?? served?.subject ?? access.host ?? "";
  const validity = to === undefined ? undefined : { subject, from: served?.from, to };
  const expiry = validity && expiryProblem(validity, { renewed: isRenewed(access), now });
  if (expiry) found.push(expiry);
  if (answer?.error && answer.error.code !== "cancelled") {
    const said = saidOf(answer.error);
    const [advice] = answer.error.advice ?? [];
    found.push({ level: "bad", said: typeof said === "string" ? verbatim(said) : said, ...(advice ? { advice } : {}) });
  }
  if (plain?.state === "served") {
    const advice = access.way === "loadBalancer" ? message("wayIn.plainGate") : message("wayIn.plainFront");
    found.push({ level: "warn", said: message("wayIn.plainServed", { at: plain.at }), advice });
  }
  if (waiting) found.push({ level: "warn", said: waiting.said, ...(waiting.advice ? { advice: waiting.advice } : {}) });
  if (dns?.why) {
    const { name, record } = dns;
    const advice = record && dns.state !== "failed" ? message("wayIn.dnsMake", { name, ...record }) : undefined;
    found.push({ level: dns.state === "hosts" ? "warn" : "bad", said: dns.why, ...(advice ? { advice } : {}) });
  }
  if (certificate && !certificate.ready) {
    const isChallenge = certificate.why.some(({ id }) => id === "wayIn.challengeFails");
    for (const said of certificate.why.slice(0, 2))
      found.push({ level: "warn", said, ...(isChallenge ? { advice: message("wayIn.challengeWay") } : {}) });
  }
  return found.toSorted((a, b) => Number(a.level === "warn") - Number(b.level === "warn"));
}

function urlOf(host: string, port: number, secure: boolean): string {
  const name = host.includes(":") ? `[${host}]` : host;
  const usual = secure ? 443 : 80;
  return `${secure ? "https" : "http"}://${name}${port === usual ? "" : `:${port}`}`;
}
