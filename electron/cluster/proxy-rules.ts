import { BlockList, isIP } from "node:net";
import { domainToASCII } from "node:url";

type Environment = Readonly<Record<string, string | undefined>>;
type Matcher = (host: string, port: string, family: 0 | 4 | 6) => boolean;

/**
 * The proxy through which kubectl would reach `server` by this environment; undefined for a direct connection. These are
 * the rules of Go's golang.org/x/net/http/httpproxy: HTTPS_PROXY or HTTP_PROXY by the server's scheme (upper case wins),
 * never for loopback, and not for what NO_PROXY names. A value that is no address counts as none, as in Go.
 */
export function proxyOfEnvironment(server: string, environment: Environment): URL | undefined {
  if (!URL.canParse(server)) return undefined;
  const { protocol, hostname, port } = new URL(server);
  const name = protocol === "https:" ? "HTTPS_PROXY" : protocol === "http:" ? "HTTP_PROXY" : undefined;
  const proxy = name === undefined ? undefined : parseProxy(variable(environment, name));
  if (proxy === undefined) return undefined;
  const host = unbracketed(hostname).toLowerCase();
  const family = ipFamily(host);
  if (host === "localhost" || (family !== 0 && isLoopbackAddress(host, family))) return undefined;
  const to = port === "" ? (protocol === "https:" ? "443" : "80") : port;
  const direct = matchers(variable(environment, "NO_PROXY")).some((matches) => matches(host, to, family));
  return direct ? undefined : proxy;
}

/** The address of a proxy as people write it: a URL, or host:port, which stands for http. Undefined where it is neither. */
export function parseProxy(value: string): URL | undefined {
  if (value === "") return undefined;
  // "proxy:3128" is a URL of scheme "proxy" without a host.
  if (URL.canParse(value)) {
    const url = new URL(value);
    if (url.hostname !== "") return url;
  }
  return URL.canParse(`http://${value}`) ? new URL(`http://${value}`) : undefined;
}

function variable(environment: Environment, name: string): string {
  return environment[name] || environment[name.toLowerCase()] || "";
}

function matchers(noProxy: string): Matcher[] {
  const found: Matcher[] = [];
  for (const written of noProxy.split(",")) {
    const entry = written.trim().toLowerCase();
    if (entry === "") continue;
    if (entry === "*") return [() => true];
    const matcher = networkMatcher(entry) ?? hostMatcher(entry);
    if (matcher !== undefined) found.push(matcher);
  }
  return found;
}

/** 10.0.0.0/8, fd00::/8 */
function networkMatcher(entry: string): Matcher | undefined {
  const [, address = "", bits = ""] = /^([^/]+)\/(\d+)$/.exec(entry) ?? [];
  const family = ipFamily(address);
  if (family === 0 || address.includes("%") || Number(bits) > (family === 4 ? 32 : 128)) return undefined;
  const network = new BlockList();
  network.addSubnet(address, Number(bits), typeOf(family));
  return (host, _port, of) => of !== 0 && contains(network, host, of);
}

/** An address or a domain, either with or without a port; a domain stands for its subdomains, too. */
function hostMatcher(entry: string): Matcher | undefined {
  const [written, only] = splitHostPort(entry) ?? [entry, ""];
  const onPort = (port: string): boolean => only === "" || only === port;
  if (written === "") return undefined;
  const family = ipFamily(written);
  if (family !== 0 && !written.includes("%")) {
    const address = new BlockList();
    address.addAddress(written, typeOf(family));
    return (host, port, of) => of !== 0 && contains(address, host, of) && onPort(port);
  }
  const domain = written.startsWith("*.") ? written.slice(1) : written;
  const exact = !domain.startsWith(".");
  const suffix = exact ? `.${ascii(domain)}` : `.${ascii(domain.slice(1))}`;
  return (host, port, of) => of === 0 && (host.endsWith(suffix) || (exact && host === suffix.slice(1))) && onPort(port);
}

/** Go's net.SplitHostPort: undefined where there is no port, or where it cannot be told from the host. */
function splitHostPort(entry: string): [host: string, port: string] | undefined {
  const bracketed = /^\[([^[\]]*)\]:([^:[\]]*)$/.exec(entry);
  if (bracketed !== null) return [bracketed[1] ?? "", bracketed[2] ?? ""];
  const plain = /^([^:[\]]*):([^:[\]]*)$/.exec(entry);
  return plain === null ? undefined : [plain[1] ?? "", plain[2] ?? ""];
}

function ascii(domain: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is meant, all of it
  return /^[\x00-\x7f]*$/.test(domain) ? domain : domainToASCII(domain) || domain;
}

function unbracketed(hostname: string): string {
  return hostname.startsWith("[") && hostname.endsWith("]") ? hostname.slice(1, -1) : hostname;
}

function ipFamily(host: string): 0 | 4 | 6 {
  const family = isIP(host);
  return family === 4 || family === 6 ? family : 0;
}

function typeOf(family: 4 | 6): "ipv4" | "ipv6" {
  return family === 4 ? "ipv4" : "ipv6";
}

/** An IPv4 address within IPv6 (::ffff:10.0.0.1) counts as itself. */
function contains(list: BlockList, host: string, family: 4 | 6): boolean {
  return list.check(host, typeOf(family));
}

function isLoopbackAddress(host: string, family: 4 | 6): boolean {
  const loopback = new BlockList();
  loopback.addSubnet("127.0.0.0", 8, "ipv4");
  loopback.addAddress("::1", "ipv6");
  return contains(loopback, host, family);
}
