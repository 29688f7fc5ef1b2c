import { request } from "node:https";
import { z } from "zod";
import { FlowdeckError } from "../../common/contract/index.ts";
import { type Message, message } from "../../common/words/index.ts";
import { readBounded } from "./bounded-file.ts";

const discovered = z.object({ token_endpoint: z.string() });
const renewed = z.object({ id_token: z.string(), refresh_token: z.string().optional() });

/** Identity providers answer at once and with little. */
const answerMs = 30_000;
const largestAnswer = 1 << 20;

/**
 * The tokens of a user who signs in with kubectl's auth provider `oidc`: the kubeconfig's id-token, and when it has
 * ended the one that its refresh-token brings. https://kubernetes.io/docs/reference/access-authn-authz/authentication/#using-kubectl
 */
export class OidcTokens {
  readonly #contextName: string;
  readonly #config: Readonly<Record<string, string>>;
  #idToken: string | undefined;
  #refreshToken: string | undefined;
  #renewing: Promise<string> | undefined;

  /** `contextName` is for errors; `config` is what the kubeconfig says. */
  constructor(contextName: string, config: Readonly<Record<string, string>>) {
    this.#contextName = contextName;
    this.#config = config;
    this.#idToken = config["id-token"];
    this.#refreshToken = config["refresh-token"];
  }

  /** Throws `credentials-rejected` where the token has ended and cannot be renewed. */
  async token(): Promise<string> {
    if (this.#idToken !== undefined && endOf(this.#idToken) > Date.now() + 10_000) return this.#idToken;
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = undefined;
    });
    return await this.#renewing;
  }

  async #renew(): Promise<string> {
    const { "idp-issuer-url": issuer, "client-id": client, "client-secret": secret } = this.#config;
    if (issuer === undefined || client === undefined || this.#refreshToken === undefined) {
      throw this.#rejected(message("signIn.oidcExpired"));
    }
    try {
      const ca = await this.#authority();
      const about = discovered.parse(await ask(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`, ca));
      const form = { grant_type: "refresh_token", refresh_token: this.#refreshToken, client_id: client };
      const body = new URLSearchParams({ ...form, ...(secret ? { client_secret: secret } : {}) }).toString();
      const tokens = renewed.parse(await ask(about.token_endpoint, ca, body));
      this.#idToken = tokens.id_token;
      this.#refreshToken = tokens.refresh_token ?? this.#refreshToken;
      return tokens.id_token;
    } catch (error) {
      throw this.#rejected(message("signIn.oidcNotRenewed", { issuer }), error);
    }
  }

  async #authority(): Promise<Buffer | undefined> {
    const { "idp-certificate-authority": file, "idp-certificate-authority-data": data } = this.#config;
    if (data) return Buffer.from(data, "base64");
    return file ? await readBounded(file, 4 << 20) : undefined;
  }

  #rejected(advice: Message, cause?: unknown): FlowdeckError {
    return new FlowdeckError("credentials-rejected", message("signIn.oidcFailed", { context: this.#contextName }), {
      advice,
      ...(cause instanceof Error ? { detail: cause.message } : {}),
      cause,
    });
  }
}

/** Milliseconds since the epoch; 0 for what is no JSON Web Token. */
function endOf(token: string): number {
  try {
    const text = Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8");
    return z.object({ exp: z.number() }).parse(JSON.parse(text)).exp * 1000;
  } catch {
    return 0;
  }
}

/** A GET, or a POST of a form, over TLS only; an answer that is no success is an error that repeats none of it. */
async function ask(address: string, ca: Buffer | undefined, form?: string): Promise<unknown> {
  const headers = form === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" };
  const signal = AbortSignal.timeout(answerMs);
  const method = form === undefined ? "GET" : "POST";
  return await new Promise((resolve, reject) => {
    const sent = request(
      address,
      { method, headers, signal, ...(ca === undefined ? {} : { ca }) },
      async (response) => {
        try {
          const chunks: Buffer[] = [];
          let size = 0;
          for await (const chunk of response as AsyncIterable<Buffer>) {
            size += chunk.length;
            if (size > largestAnswer) throw new Error(`${address} answered with more than 1 MiB.`);
            chunks.push(chunk);
          }
          if (response.statusCode !== 200) throw new Error(`${address} answered with ${response.statusCode}.`);
          resolve(JSON.parse(Buffer.concat(chunks).toString("utf8")));
        } catch (error) {
          reject(error);
        }
      },
    );
    sent.on("error", reject).end(form);
  });
}
