import { join } from "node:path";
import { z } from "zod";
import { FlowdeckError, type Registry, type RegistryCredentials, registryKind } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import { JsonStore } from "../settings/index.ts";

/** The system's keychain, where the host has one. */
export interface Keychain {
  encrypt(text: string): string;
  decrypt(sealed: string): string;
}

const entry = z.strictObject({
  host: z.string(),
  kind: registryKind,
  username: z.string(),
  plain: z.boolean(),
  certificate: z.string().optional(),
  /** Sealed by the keychain, or as it is in a file that only its owner can read. */
  sealed: z.string().optional(),
  password: z.string().optional(),
});
type Entry = z.infer<typeof entry>;

/** The registries that are connected, in the data folder; their passwords are sealed by the system's keychain if it has one. */
export class RegistryStore {
  readonly #store: JsonStore<Entry[]>;
  readonly #keychain: Keychain | undefined;

  constructor(dataDir: string, keychain: Keychain | undefined, onDamaged?: (file: string, kept: string) => void) {
    this.#keychain = keychain;
    this.#store = new JsonStore<Entry[]>({
      file: join(dataDir, "registries.json"),
      schema: z.array(entry),
      version: 1,
      initial: [],
      ...(onDamaged ? { onDamaged } : {}),
    });
  }

  get storage(): "keychain" | "file" {
    return this.#keychain === undefined ? "file" : "keychain";
  }

  async list(): Promise<Registry[]> {
    return (await this.#store.get()).map(({ host, kind, username, plain, certificate }) => ({
      ...{ host, kind, username, plain, hasCertificate: certificate !== undefined },
    }));
  }

  /** With passwords; never for the page. Throws `settings-invalid` where the keychain can't open one. */
  async credentials(): Promise<RegistryCredentials[]> {
    return (await this.#store.get()).map(({ sealed, password, ...rest }) => ({
      ...rest,
      password: password ?? this.#open(rest.host, sealed ?? ""),
    }));
  }

  async put({ password, ...rest }: RegistryCredentials): Promise<void> {
    const secret = this.#keychain === undefined ? { password } : { sealed: this.#keychain.encrypt(password) };
    await this.#store.update((all) => [...all.filter(({ host }) => host !== rest.host), { ...rest, ...secret }]);
  }

  async remove(host: string): Promise<boolean> {
    const before = await this.#store.get();
    const after = await this.#store.update((all) => all.filter((one) => one.host !== host));
    return after.length < before.length;
  }

  #open(host: string, sealed: string): string {
    try {
      if (this.#keychain !== undefined) return this.#keychain.decrypt(sealed);
    } catch {
      // Said below; a keychain's own words add nothing.
    }
    throw new FlowdeckError("settings-invalid", message("registry.sealed", { host }), {
      advice: message("registry.sealedWay"),
    });
  }
}
