import { createHash } from "node:crypto";
import { chmod, mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { at, fields, number, parseJson, text } from "../../common/json/index.ts";

/** What a token says of itself. */
export interface Claims {
  issuer: string | undefined;
  /** Seconds since 1970. */
  expires: number | undefined;
}

/** Reads a token without checking it; a text that is no token says nothing. */
export function claimsOf(token: string): Claims {
  try {
    const payload = fields(parseJson(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()));
    return { issuer: text(at(payload, "iss")), expires: number(at(payload, "exp")) };
  } catch {
    return { issuer: undefined, expires: undefined };
  }
}

const ending = ".token";

/**
 * Tokens for programs, one file for each profile of a context, readable by its owner only. One that has expired is deleted
 * when the next one is written.
 */
export class TokenFiles {
  readonly #folder: string;

  /** @param folder dataDir/tokens */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Gives the file's path. @param profile A name that Kubernetes takes for a namespace. */
  async write(context: string, profile: string, token: string): Promise<string> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await chmod(this.#folder, 0o700);
    await this.#deleteExpired();
    const cluster = createHash("sha256").update(context).digest("hex").slice(0, 12);
    const file = join(this.#folder, `${profile}-${cluster}${ending}`);
    await writeFileAtomic(file, token, { mode: 0o600 });
    return file;
  }

  async #deleteExpired(): Promise<void> {
    const names = (await readdir(this.#folder)).filter((name) => name.endsWith(ending));
    for (const name of names) {
      const file = join(this.#folder, name);
      const { expires } = claimsOf(await readFile(file, "utf8"));
      if (expires !== undefined && expires * 1000 < Date.now()) await rm(file, { force: true });
    }
  }
}
