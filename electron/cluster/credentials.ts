import type { SecureContextOptions } from "node:tls";
import { FlowdeckError } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import { readBounded, readingFailed } from "./bounded-file.ts";
import type { ResolvedContext, UserEntry } from "./context.ts";
import { type ExecCredential, type ExecCredentials, tokenIsFresh } from "./exec-credential.ts";
import { OidcTokens } from "./oidc.ts";

/** client-go reads a token file anew once a minute (k8s.io/client-go/transport/token_source.go). */
const tokenFileLifetimeMs = 60_000;

/** Bundles of authorities have a quarter of a megabyte. */
const largestFile = 4 << 20;

export interface TlsMaterial extends Pick<SecureContextOptions, "ca" | "cert" | "key"> {
  servername?: string;
  rejectUnauthorized: boolean;
}

/** What one context shows the API server: TLS material and headers, renewed when they expire or are rejected. */
export class Credentials {
  readonly #context: ResolvedContext;
  readonly #user: UserEntry;
  readonly #exec: ExecCredentials;
  #execCredential: Promise<ExecCredential> | undefined;
  #tokenFile: { token: string; readAt: number } | undefined;
  #oidc: OidcTokens | undefined;

  #generation = 0;

  constructor(context: ResolvedContext, exec: ExecCredentials) {
    this.#context = context;
    const { name, impersonate } = context.user;
    // As kubectl, whose credentials nobody on the way can read: over http none are shown.
    this.#user = context.cluster.server.startsWith("https:")
      ? context.user
      : { name, ...(impersonate === undefined ? {} : { impersonate }) };
    this.#exec = exec;
  }

  /** Throws `kubeconfig-unreadable` where a file cannot be read, `exec-…` where a credential program stands in the way. */
  async tls(): Promise<TlsMaterial> {
    const { cluster } = this.#context;
    const user = this.#user;
    const fromExec = user.exec === undefined ? undefined : await this.#fromExec();
    const [ca, certificate] = await Promise.all([
      this.#fileOrData("certificate-authority", cluster.caFile, cluster.caData),
      this.#fileOrData("client-certificate", user.certFile, user.certData),
    ]);
    // A key without its certificate is nobody's.
    const key =
      certificate === undefined ? undefined : await this.#fileOrData("client-key", user.keyFile, user.keyData);
    const cert = fromExec?.clientCertificate ?? certificate;
    const privateKey = fromExec?.clientKey ?? key;
    return {
      rejectUnauthorized: !cluster.insecure,
      ...(ca === undefined ? {} : { ca }),
      ...(cert === undefined || privateKey === undefined ? {} : { cert, key: privateKey }),
      ...(cluster.serverName === undefined ? {} : { servername: cluster.serverName }),
    };
  }

  /** Some headers stand more than once. Throws as {@link tls} does. */
  async headers(): Promise<Record<string, string | string[]>> {
    const user = this.#user;
    const headers: Record<string, string | string[]> = {};
    // Fetched even where a token wins, as it may bring a certificate.
    if (user.exec !== undefined) await this.#fromExec();
    const token = await this.#token();
    if (token !== undefined) headers.authorization = `Bearer ${token}`;
    else if (user.username !== undefined) {
      headers.authorization = `Basic ${Buffer.from(`${user.username}:${user.password ?? ""}`).toString("base64")}`;
    }
    return { ...headers, ...impersonationHeaders(user.impersonate) };
  }

  /** Counts up when `tls` may give something else than before. */
  get generation(): number {
    return this.#generation;
  }

  /** After a 401: forgets what can be had anew. True when another attempt may fare better. */
  forget(): boolean {
    const user = this.#user;
    if (user.exec !== undefined) {
      this.#execCredential = undefined;
      return true;
    }
    if (user.tokenFile !== undefined) {
      this.#tokenFile = undefined;
      return true;
    }
    if (user.certFile !== undefined) {
      // Tools that rotate certificates write the same files again.
      this.#generation++;
      return true;
    }
    return false;
  }

  async #token(): Promise<string | undefined> {
    const user = this.#user;
    // client-go's order: a token file wins over a token, both over a credential program.
    if (user.tokenFile !== undefined) {
      try {
        return await this.#tokenFromFile(user.tokenFile);
      } catch (error) {
        if (user.token === undefined) throw error;
      }
    }
    if (user.token !== undefined) return user.token;
    if (user.exec !== undefined) return (await this.#fromExec()).token;
    if (user.authProvider !== undefined) return await this.#fromProvider(user.authProvider);
    return undefined;
  }

  async #tokenFromFile(path: string): Promise<string> {
    if (this.#tokenFile === undefined || Date.now() - this.#tokenFile.readAt > tokenFileLifetimeMs) {
      const token = (await this.#read("tokenFile", path)).toString("utf8").trim();
      this.#tokenFile = { token, readAt: Date.now() };
    }
    return this.#tokenFile.token;
  }

  async #fromExec(): Promise<ExecCredential> {
    const current = this.#execCredential;
    if (current !== undefined) {
      const credential = await current;
      if (tokenIsFresh(credential)) return credential;
      if (this.#execCredential === current) this.#execCredential = undefined;
    }
    if (this.#execCredential === undefined) {
      const fetched = this.#exec.fetch(this.#context);
      this.#execCredential = fetched;
      fetched.then(
        ({ clientCertificate }) => {
          if (clientCertificate !== undefined) this.#generation++;
        },
        () => {
          // The next caller asks again; this one is told below.
          if (this.#execCredential === fetched) this.#execCredential = undefined;
        },
      );
    }
    return await this.#execCredential;
  }

  async #fromProvider(provider: { name: string; config: Record<string, string> }): Promise<string | undefined> {
    if (provider.name !== "oidc") {
      throw new FlowdeckError(
        "kubeconfig-invalid",
        message("signIn.providerRemoved", { context: this.#context.name, provider: provider.name }),
        { advice: message("signIn.writeAgain") },
      );
    }
    this.#oidc ??= new OidcTokens(this.#context.name, provider.config);
    return await this.#oidc.token();
  }

  async #fileOrData(field: string, file: string | undefined, data: string | undefined): Promise<Buffer | undefined> {
    // As in client-go, data wins over a file.
    if (data !== undefined) return Buffer.from(data, "base64");
    return file === undefined ? undefined : await this.#read(field, file);
  }

  async #read(field: string, path: string): Promise<Buffer> {
    try {
      return await readBounded(path, largestFile);
    } catch (error) {
      throw new FlowdeckError(
        "kubeconfig-unreadable",
        message("signIn.fileUnreadable", { context: this.#context.name, file: this.#context.file, field, path }),
        { ...readingFailed(error), cause: error },
      );
    }
  }
}

/** https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/ */
function impersonationHeaders(impersonate: UserEntry["impersonate"]): Record<string, string | string[]> {
  if (impersonate === undefined) return {};
  const { user, uid, groups, extra = {} } = impersonate;
  const headers: Record<string, string | string[]> = { "impersonate-user": headerBytes(user) };
  if (uid !== undefined) headers["impersonate-uid"] = headerBytes(uid);
  if (groups.length > 0) headers["impersonate-group"] = groups.map(headerBytes);
  for (const [key, values] of Object.entries(extra)) {
    if (values.length > 0) headers[`impersonate-extra-${headerName(key)}`] = values.map(headerBytes);
  }
  return headers;
}

/** The API server reads names as UTF-8; Node.js writes headers as Latin-1, one byte for each character. */
function headerBytes(name: string): string {
  return Buffer.from(name, "utf8").toString("latin1");
}

/** Percent-encoded where a header's name may not hold a byte, as client-go does. */
function headerName(key: string): string {
  return [...Buffer.from(key, "utf8").toString("latin1")]
    .map((byte) =>
      /[\w!#$&'*+.^`|~-]/.test(byte) ? byte : `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
    )
    .join("");
}
