/** What came of signing in as a browser does it. */
export type LoginOutcome =
  | { outcome: "signedIn" }
  /** Dex took the address and password for wrong. */
  | { outcome: "rejected" }
  /** A stand-in of the practice cluster answered: there is no one to sign in with. */
  | { outcome: "simulated" }
  /** Something else than the pages of a sign-in answered. */
  | { outcome: "unexpected"; path: string; status: number };

/** Enough for Dex, oauth2-proxy and a start page that redirects; more is a loop. */
const mostSteps = 12;
const timeoutMs = 20_000;
const mostBytes = 500_000;

interface Step {
  url: URL;
  status: number;
  location: URL | undefined;
  body: string;
  simulated: boolean;
}

/**
 * Signs in at a gateway: oauth2-proxy, Dex's form for its own people, and back. Follows redirects on this origin only, and
 * forgets the session it gets.
 * @param connector The id of the connector, one that asks for a password itself.
 * @throws what fetch throws where the gateway doesn't answer.
 */
export async function tryLogin(
  gateway: string,
  person: { email: string; password: string },
  signal: AbortSignal,
  connector = "local",
): Promise<LoginOutcome> {
  const browser = new Browser(new URL(gateway), AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]));
  let step = await browser.get(new URL("/oauth2/start?rd=%2F", gateway));
  let sent = false;
  for (let count = 0; count < mostSteps; count += 1) {
    const { url, status, location, body, simulated } = step;
    const { pathname } = url;
    if (simulated) return { outcome: "simulated" };
    if (location !== undefined) {
      const isBack = pathname === "/oauth2/callback" && sent && status < 400;
      if (isBack && browser.hasSession) return { outcome: "signedIn" };
      if (location.origin !== url.origin) return unexpected(step);
      step = await browser.get(direct(location, connector));
      continue;
    }
    const action = formIn(body, url);
    if (action === undefined || !pathname.startsWith("/dex/")) return unexpected(step);
    if (sent) return { outcome: "rejected" };
    sent = true;
    step = await browser.post(action, { login: person.email, password: person.password });
    if (step.status === 401) return { outcome: "rejected" };
  }
  return unexpected(step);
}

function unexpected({ url, status }: Step): LoginOutcome {
  return { outcome: "unexpected", path: url.pathname, status };
}

/** Where there are several ways to sign in, Dex shows them first. This is one of them; `local` are Dex's own people. */
function direct(url: URL, connector: string): URL {
  if (url.pathname !== "/dex/auth") return url;
  const chosen = new URL(url);
  chosen.pathname = `/dex/auth/${encodeURIComponent(connector)}`;
  return chosen;
}

/** Where the page's form is sent to; undefined where there is none, or it leads elsewhere. */
function formIn(page: string, url: URL): URL | undefined {
  const form = /<form\b[^>]*\bmethod="post"[^>]*>/i.exec(page)?.[0];
  if (form === undefined || !/\bname="password"/.test(page)) return undefined;
  const action = /\baction="([^"]*)"/i.exec(form)?.[1] ?? "";
  const target = new URL(action.replaceAll("&amp;", "&"), url);
  return target.origin === url.origin ? target : undefined;
}

/** As much of a browser as a sign-in needs: one origin and its cookies. */
class Browser {
  readonly #origin: string;
  readonly #signal: AbortSignal;
  readonly #cookies = new Map<string, string>();

  constructor({ origin }: URL, signal: AbortSignal) {
    this.#origin = origin;
    this.#signal = signal;
  }

  get hasSession(): boolean {
    return [...this.#cookies.keys()].some((name) => name.startsWith("oauth2_proxy") && !name.includes("csrf"));
  }

  get(url: URL): Promise<Step> {
    return this.#send(url, { method: "GET" });
  }

  post(url: URL, fields: Record<string, string>): Promise<Step> {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    return this.#send(url, { method: "POST", headers, body: new URLSearchParams(fields).toString() });
  }

  async #send(url: URL, request: { method: string; headers?: Record<string, string>; body?: string }): Promise<Step> {
    if (url.origin !== this.#origin) throw new Error("A sign-in stays on its origin.");
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, {
      ...request,
      headers: { accept: "text/html", ...request.headers, ...(cookie === "" ? {} : { cookie }) },
      redirect: "manual",
      signal: this.#signal,
    });
    for (const line of response.headers.getSetCookie()) this.#take(line);
    const location = response.headers.get("location");
    const body = await textOf(response);
    return {
      url,
      status: response.status,
      location: location === null ? undefined : new URL(location, url),
      body,
      simulated: response.headers.has("x-flowdeck-simulated"),
    };
  }

  #take(line: string): void {
    const [pair = "", ...attributes] = line.split(";").map((part) => part.trim());
    const [name = "", value = ""] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
    const isOver = attributes.some((attribute) => {
      const [key = "", given = ""] = attribute.split("=");
      return (
        (/^max-age$/i.test(key) && Number(given) <= 0) || (/^expires$/i.test(key) && Date.parse(given) < Date.now())
      );
    });
    if (isOver) this.#cookies.delete(name);
    else if (name !== "") this.#cookies.set(name, value);
  }
}

/** The page, cut where no form is to be expected any more. */
async function textOf(response: Response): Promise<string> {
  if (response.body === null) return "";
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > mostBytes) break;
  }
  return Buffer.concat(chunks).toString();
}
