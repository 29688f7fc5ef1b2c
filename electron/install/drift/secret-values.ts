import { fields, isRecord, own, text } from "../../../common/json/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { isSecret } from "../../redaction/index.ts";
import { digestOf, redact } from "../installation-dir/redact.ts";
import { passwordsOf } from "../render/storage-passwords.ts";
import type { InstallSecrets } from "../types.ts";
import { storedForm } from "./applied-form.ts";

const digest = /hmac-sha256:[0-9a-f]{12}/g;
const eachDigest = /(hmac-sha256:[0-9a-f]{12})/;
const wholeDigest = /^hmac-sha256:[0-9a-f]{12}$/;

/**
 * The secret values of an installation, as far as this computer has them: for comparing what is in the cluster with
 * files that have digests in their place, and for putting the values back.
 */
export class SecretValues {
  readonly #secrets: InstallSecrets | undefined;
  readonly #byDigest = new Map<string, string>();

  /** @param more Values that were found elsewhere, such as in the cluster. */
  constructor(secrets: InstallSecrets | undefined, more: readonly string[] = []) {
    this.#secrets = secrets;
    const { digestKey, people, connectors, ...values } = secrets ?? {};
    const derived = secrets === undefined ? [] : passwordsOf(secrets);
    for (const value of [
      ...[...Object.values(values), ...Object.values({ ...people, ...connectors }), ...derived],
      ...more,
    ]) {
      if (digestKey === undefined || value === undefined || value === "") continue;
      for (const written of [value, Buffer.from(value).toString("base64")]) {
        this.#byDigest.set(digestOf(written, digestKey), written);
      }
    }
  }

  /**
   * An object of the cluster as `applied` is written in the folder: digests in place of the values of Secrets and of our
   * own secrets. Where a value can't be compared (its digest is another computer's), it counts as what was applied.
   */
  comparable(live: KubeObject, applied: KubeObject): KubeObject {
    if (isSecret(live)) {
      if (this.#secrets) return redact([live], this.#secrets)[0] ?? live;
      return { ...live, data: likeApplied(fields(live.data), fields(applied.data)) };
    }
    const hidden = this.#secrets ? (redact([live], this.#secrets)[0] ?? live) : live;
    return this.#uncompared(hidden, applied) as KubeObject;
  }

  /**
   * An applied object with its secret values: those that are still in the cluster, and those that this computer has.
   * Undefined where one of them is in neither place.
   */
  restored(applied: KubeObject, live: KubeObject | undefined): KubeObject | undefined {
    const object = storedForm(applied);
    return isSecret(object) ? this.#restoredSecret(object, live) : this.#restoredTexts(object);
  }

  /** An object as it was rendered, from what the folder has of it. Undefined where a value is not on this computer. */
  rendered(written: KubeObject): KubeObject | undefined {
    if (!isSecret(written)) return this.#restoredTexts(written);
    const values = (given: unknown, encode: (text: string) => string) =>
      Object.entries(fields(given)).map(([key, digested]) => {
        const known = this.#byDigest.get(String(digested));
        return [key, known === undefined ? undefined : encode(known)] as const;
      });
    const data = values(written.data, (text) => Buffer.from(text).toString("base64"));
    const plain = values(written.stringData, (text) => text);
    if ([...data, ...plain].some(([, value]) => value === undefined)) return undefined;
    return {
      ...written,
      ...(written.data === undefined ? {} : { data: Object.fromEntries(data) }),
      ...(written.stringData === undefined ? {} : { stringData: Object.fromEntries(plain) }),
    };
  }

  #restoredSecret(secret: KubeObject, live: KubeObject | undefined): KubeObject | undefined {
    const data: Record<string, string> = {};
    for (const [name, written] of Object.entries(fields(secret.data))) {
      const there = text(fields(live?.data)[name]);
      const known = this.#byDigest.get(String(written));
      if (there !== undefined && this.#digestOf(there) === written) data[name] = there;
      else if (known !== undefined) data[name] = Buffer.from(known).toString("base64");
      else return undefined;
    }
    return { ...secret, ...(secret.data === undefined ? {} : { data }) };
  }

  #restoredTexts(object: KubeObject): KubeObject | undefined {
    let isComplete = true;
    const restored = mapTexts(object, (written) =>
      written.replace(digest, (found) => {
        const known = this.#byDigest.get(found);
        if (known === undefined) isComplete = false;
        return known ?? found;
      }),
    );
    return isComplete ? (restored as KubeObject) : undefined;
  }

  #digestOf(base64: string): string | undefined {
    return this.#secrets && digestOf(Buffer.from(base64, "base64").toString(), this.#secrets.digestKey);
  }

  /** `live` with the text of `applied` wherever the two differ in nothing but what a digest of another computer stands for. */
  #uncompared(live: unknown, applied: unknown): unknown {
    if (typeof live === "string" && typeof applied === "string") return this.#fits(live, applied) ? applied : live;
    if (Array.isArray(live) && Array.isArray(applied)) {
      return live.map((item, index) => this.#uncompared(item, applied[index]));
    }
    if (!isRecord(live) || !isRecord(applied)) return live;
    return Object.fromEntries(
      Object.entries(live).map(([name, inner]) => [name, this.#uncompared(inner, own(applied, name))]),
    );
  }

  #fits(live: string, applied: string): boolean {
    if (live === applied) return false;
    const parts = applied.split(eachDigest);
    // A digest that we can make stands for one value only: another one in its place is a change.
    const isOpen = (part: string) => wholeDigest.test(part) && !this.#byDigest.has(part);
    if (!parts.some(isOpen)) return false;
    const pattern = parts.map((part) => (isOpen(part) ? "[^]*" : part.replaceAll(/[$()*+.?[\\\]^{|}]/g, "\\$&")));
    return new RegExp(`^${pattern.join("")}$`).test(live);
  }
}

/** What may be shown of a value: nothing in place of what a digest stands for. */
export function withoutDigests(written: string): string {
  return written.replace(digest, "•••");
}

function likeApplied(live: Record<string, unknown>, applied: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(live).map(([name, value]) => [name, own(applied, name) ?? value]));
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, mapTexts(inner, change)]));
}
