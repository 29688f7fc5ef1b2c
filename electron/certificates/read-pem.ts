import { open } from "node:fs/promises";
import { resolve } from "node:path";
import { errorCode, FlowdeckError, type GivenCertificate, type PemSource } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";

/** A chain of a dozen certificates has some 30 kB. */
const mostBytes = 1_000_000;

/** The texts of a certificate and its key. Throws `not-found` where a file can't be read. */
export async function readPem({ certificate, key }: GivenCertificate): Promise<{ certificate: string; key: string }> {
  const [chain, secret] = await Promise.all([textOf(certificate), textOf(key)]);
  return { certificate: chain, key: secret };
}

async function textOf(source: PemSource): Promise<string> {
  if ("text" in source) return source.text;
  const file = resolve(source.path);
  try {
    const handle = await open(file, "r");
    try {
      const { size } = await handle.stat();
      if (size > mostBytes) throw new FlowdeckError("invalid-input", message("wayIn.fileTooLarge", { file }));
      return await handle.readFile("utf8");
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof FlowdeckError) throw error;
    const detail = errorCode(error);
    throw new FlowdeckError("not-found", message("wayIn.fileUnreadable", { file }), {
      ...(detail === undefined ? {} : { detail }),
      cause: error,
    });
  }
}
