import { randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { hash } from "bcryptjs";
import writeFileAtomic from "write-file-atomic";
import { z } from "zod";
import { errorCode, FlowdeckError, type SignInSecrets, type SignInSettings } from "../../../common/contract/index.ts";
import { defined } from "../../../common/json/index.ts";
import { message } from "../../../common/words/index.ts";
import { withDiskReason } from "../disk.ts";
import type { InstallSecrets } from "../types.ts";

/** bcrypt's cost: 2^12 rounds, a quarter of a second here; what Kubeflow's own default hash has. */
const passwordCost = 12;

const secretsFile = z.strictObject({
  version: z.literal(1),
  passwordHash: z.string().optional(),
  oauthClientSecret: z.string().min(32),
  oauthCookieSecret: z.string().min(32),
  digestKey: z.string().min(32),
  databasePassword: z.string().min(16),
  storageKey: z.string().min(32).optional(),
  oidcClientSecret: z.string().min(1).optional(),
  people: z.record(z.string(), z.string()).optional(),
  tlsCertificate: z.string().optional(),
  tlsKey: z.string().optional(),
  connectors: z.record(z.string(), z.string()).optional(),
  pullSecret: z.string().optional(),
});

/** New values for everything but the password, which only the user can choose. */
export function generateSecrets(): InstallSecrets {
  const random = () => randomBytes(32).toString("base64url");
  return {
    oauthClientSecret: random(),
    // oauth2-proxy wants 16, 24 or 32 bytes and reads base64url (oauth2-proxy: docs/configuration, cookie secret).
    oauthCookieSecret: random(),
    digestKey: random(),
    databasePassword: random(),
    storageKey: random(),
  };
}

/**
 * What to plan with before a password has been chosen: the known secrets, and stand-ins, made anew each time and never
 * stored, for those that are not known yet.
 *
 * @param stored What the installation has: where that has no key for passwords of databases, there is no stand-in either.
 */
export async function planningSecrets(
  known?: InstallSecrets,
  { people = [], connectors = [] }: SignInSettings = {},
  stored?: InstallSecrets,
): Promise<InstallSecrets> {
  if (known?.passwordHash !== undefined) return known;
  const passwordHash = await hash(randomBytes(16).toString("hex"), 4);
  const others = Object.fromEntries(people.map(({ passwordKey }) => [passwordKey, passwordHash]));
  const variables = connectors.flatMap(({ config }) => JSON.stringify(config).match(/DEX_CONNECTOR_[A-Z0-9_]+/g) ?? []);
  const { storageKey, ...generated } = generateSecrets();
  return {
    tlsCertificate: "planned",
    tlsKey: "planned",
    oidcClientSecret: "planned",
    ...(known ?? { ...generated, ...(stored && stored.storageKey === undefined ? {} : { storageKey }) }),
    passwordHash,
    ...(people.length === 0 ? {} : { people: others }),
    ...(variables.length === 0 ? {} : { connectors: Object.fromEntries(variables.map((one) => [one, passwordHash])) }),
  };
}

/**
 * The secret values of installations: one file for each, readable by its owner only, in the app's data folder and never
 * in KF_DIR. A password is kept as its bcrypt hash alone.
 */
export class SecretStore {
  readonly #folder: string;
  readonly #cost: number;

  /** `folder` is dataDir/secrets; `cost` is bcrypt's, lower only in tests. */
  constructor(folder: string, options: { cost?: number } = {}) {
    this.#folder = folder;
    this.#cost = options.cost ?? passwordCost;
  }

  /** The secrets of an installation; made now if there are none. */
  async ensure(id: string): Promise<InstallSecrets> {
    const known = await this.read(id);
    if (known !== undefined) return known;
    const secrets = generateSecrets();
    await this.#write(id, secrets);
    return secrets;
  }

  /** Undefined when there are none. Throws `settings-invalid` when the file is damaged. */
  async read(id: string): Promise<InstallSecrets | undefined> {
    const file = this.#file(id);
    let text: string;
    try {
      text = await readFile(file, "utf8");
    } catch (error) {
      if (errorCode(error) === "ENOENT") return undefined;
      throw new FlowdeckError("settings-invalid", message("installation.secretsUnreadable", { file }), {
        advice: message("installation.systemSays", { code: errorCode(error) ?? message("installation.noCode") }),
        cause: error,
      });
    }
    try {
      const { version: _version, ...secrets } = secretsFile.parse(JSON.parse(text));
      return defined(secrets);
    } catch {
      // The cause is left out: a parser's words could quote a secret.
      throw new FlowdeckError("settings-invalid", message("installation.secretsDamaged", { file }), {
        advice: message("installation.secretsDamagedAdvice"),
      });
    }
  }

  /** Hashes and stores a password; the rest stays. */
  async setPassword(id: string, password: string): Promise<InstallSecrets> {
    const known = await this.ensure(id);
    const secrets = { ...known, passwordHash: await hash(password, this.#cost) };
    await this.#write(id, secrets);
    return secrets;
  }

  /** Stores what is given in place of what there is. */
  async replace(id: string, secrets: InstallSecrets): Promise<void> {
    await this.#write(id, secrets);
  }

  /** Stores a certificate with its key in place of the one before; undefined: there is none any more. */
  async setCertificate(id: string, given: { certificate: string; key: string } | undefined): Promise<InstallSecrets> {
    const { tlsCertificate: _certificate, tlsKey: _key, ...known } = await this.ensure(id);
    const secrets = given ? { ...known, tlsCertificate: given.certificate, tlsKey: given.key } : known;
    await this.#write(id, secrets);
    return secrets;
  }

  /** Stores secrets of connectors, by variable, and of the client at a provider; others stay. */
  async setSignIn(id: string, { connectors, oidcClientSecret }: SignInSecrets): Promise<InstallSecrets> {
    const known = await this.ensure(id);
    const secrets = {
      ...known,
      ...(connectors === undefined ? {} : { connectors: { ...known.connectors, ...connectors } }),
      ...(oidcClientSecret === undefined ? {} : { oidcClientSecret }),
    };
    await this.#write(id, secrets);
    return secrets;
  }

  /** Stores what the pull secret has. */
  async setPullSecret(id: string, pullSecret: string): Promise<InstallSecrets> {
    const secrets = { ...(await this.ensure(id)), pullSecret };
    await this.#write(id, secrets);
    return secrets;
  }

  async hasPassword(id: string): Promise<boolean> {
    return (await this.read(id))?.passwordHash !== undefined;
  }

  /** Forgets them; no error when there are none. */
  async delete(id: string): Promise<void> {
    await rm(this.#file(id), { force: true });
  }

  async #write(id: string, secrets: InstallSecrets): Promise<void> {
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await chmod(this.#folder, 0o700);
      await writeFileAtomic(this.#file(id), `${JSON.stringify({ version: 1, ...secrets }, null, 2)}\n`, {
        mode: 0o600,
      });
    } catch (error) {
      throw await withDiskReason(error, this.#folder);
    }
  }

  #file(id: string): string {
    if (!/^[a-z0-9]{8,64}$/.test(id)) throw new Error("an installation's id is made of letters and digits");
    return join(this.#folder, `${id}.json`);
  }
}
