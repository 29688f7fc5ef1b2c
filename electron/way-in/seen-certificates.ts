import { X509Certificate } from "node:crypto";
import { join, resolve } from "node:path";
import { z } from "zod";
import type { CertificateFacts } from "../../common/contract/index.ts";
import { at, text } from "../../common/json/index.ts";
import { factsOf } from "../certificates/index.ts";
import type { KubeObject } from "../cluster/index.ts";
import { JsonStore, type StoreOptions } from "../settings/index.ts";

const seenCertificate = z.strictObject({
  kfDir: z.string().min(1),
  subject: z.string(),
  issuer: z.string(),
  /** ISO 8601. */
  from: z.string(),
  to: z.string(),
});
export type SeenCertificate = z.infer<typeof seenCertificate>;

/**
 * Until when the certificates of installations are valid, as they were seen last, in dataDir/certificates.json: so that their
 * end is said without contacting a cluster that no one has chosen.
 */
export class SeenCertificates {
  readonly #store: JsonStore<SeenCertificate[]>;
  readonly #listeners = new Set<() => void>();

  constructor(dataDir: string, onDamaged?: StoreOptions<unknown>["onDamaged"]) {
    this.#store = new JsonStore<SeenCertificate[]>({
      file: join(dataDir, "certificates.json"),
      schema: z.array(seenCertificate),
      version: 1,
      initial: [],
      ...(onDamaged === undefined ? {} : { onDamaged }),
    });
  }

  all(): Promise<SeenCertificate[]> {
    return this.#store.get();
  }

  /** Throws what the disk says. */
  async remember(kfDir: string, { names, subject, issuer, from, to }: CertificateFacts): Promise<void> {
    const place = resolve(kfDir);
    const one = { kfDir: place, subject: names[0] ?? subject, issuer, from, to };
    const known = (await this.#store.get()).find((seen) => seen.kfDir === place);
    if (JSON.stringify(known) === JSON.stringify(one)) return;
    await this.#store.update((all) => [...all.filter((seen) => seen.kfDir !== place), one]);
    for (const listener of [...this.#listeners]) listener();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** The server's certificate in a text in PEM; undefined where there is none that can be read. */
export function factsIn(pem: string | undefined): CertificateFacts | undefined {
  if (pem === undefined) return undefined;
  try {
    return factsOf(new X509Certificate(pem));
  } catch {
    return undefined;
  }
}

/** Of a Secret of the type kubernetes.io/tls; its key is not looked at. */
export function factsInSecret(secret: KubeObject): CertificateFacts | undefined {
  const data = text(at(secret, "data", "tls.crt"));
  return factsIn(data === undefined ? undefined : Buffer.from(data, "base64").toString("utf8"));
}
