interface Page {
  url: URL;
  status: number;
  body: string;
}

/** As much of a browser as signing in at another address needs: cookies for each host, redirects, a form with a password. */
export class WalkingBrowser {
  readonly #cookies = new Map<string, Map<string, string>>();

  /** Follows redirects, and sends the form of a page that asks for a password once. */
  async signIn(start: string, person: { login: string; password: string }): Promise<Page> {
    let page = await this.#get(new URL(start));
    const action = formIn(page);
    if (action === undefined) return page;
    const body = new URLSearchParams(person).toString();
    page = await this.#send(action, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body,
    });
    return page;
  }

  open(address: string): Promise<Page> {
    return this.#get(new URL(address));
  }

  #get(url: URL): Promise<Page> {
    return this.#send(url, {});
  }

  async #send(url: URL, request: RequestInit): Promise<Page> {
    let [at, how] = [url, request];
    for (let hops = 0; hops < 12; hops += 1) {
      const cookies = this.#cookies.get(at.host) ?? new Map<string, string>();
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      const headers = { accept: "text/html", ...(how.headers as Record<string, string>), cookie };
      const response = await fetch(at, { ...how, headers, redirect: "manual" });
      for (const line of response.headers.getSetCookie()) {
        const [pair = ""] = line.split(";");
        cookies.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
      }
      this.#cookies.set(at.host, cookies);
      const location = response.headers.get("location");
      const body = await response.text();
      if (location === null) return { url: at, status: response.status, body };
      [at, how] = [new URL(location, at), {}];
    }
    throw new Error(`It goes round in circles at ${at.href}.`);
  }
}

function formIn({ url, body }: Page): URL | undefined {
  const form = /<form\b[^>]*\bmethod="post"[^>]*>/i.exec(body)?.[0];
  if (form === undefined || !/\bname="password"/.test(body)) return undefined;
  return new URL((/\baction="([^"]*)"/i.exec(form)?.[1] ?? "").replaceAll("&amp;", "&"), url);
}
