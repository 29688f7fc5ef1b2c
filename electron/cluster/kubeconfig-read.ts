import path from "node:path";
import { errorCode, FlowdeckError, type KubeconfigFile } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import { readBounded, UnfitFile } from "./bounded-file.ts";
import { decodeText, type TextEncoding } from "./kubeconfig-encoding.ts";
import { invalid, type KubeconfigDocument, parseKubeconfig } from "./kubeconfig-file.ts";

/** Larger than any kubeconfig: something else was chosen by mistake. */
const largestFile = 16 << 20;

export interface Looked {
  file: KubeconfigFile;
  document: KubeconfigDocument | undefined;
}

/** Reads a file; what is wrong with it is kept with it. */
export async function lookAt(candidate: KubeconfigFile): Promise<Looked> {
  try {
    const document = parseKubeconfig(candidate.path, (await readKubeconfig(candidate.path)).text);
    const file = document.fault === undefined ? candidate : { ...candidate, error: document.fault.toJSON() };
    return { file, document };
  } catch (error) {
    if (!(error instanceof FlowdeckError)) throw error;
    // That there is none yet is how a new machine looks, not a fault.
    const expected = candidate.origin === "default" || candidate.origin === "practice";
    if (error.code === "kubeconfig-missing" && expected) return { file: candidate, document: undefined };
    return { file: { ...candidate, error: error.toJSON() }, document: undefined };
  }
}

/** Throws `kubeconfig-missing`, `kubeconfig-unreadable` or `kubeconfig-invalid`. */
export async function readKubeconfig(file: string): Promise<{ text: string; encoding: TextEncoding; bytes: Buffer }> {
  const bytes = await readBytes(file);
  const decoded = decodeText(bytes);
  if (decoded === undefined) throw invalid(file, undefined, message("kubeconfig.notText"));
  return { ...decoded, bytes };
}

async function readBytes(file: string): Promise<Buffer> {
  try {
    return await readBounded(file, largestFile);
  } catch (error) {
    const code = errorCode(error);
    const detail = error instanceof Error ? error.message : String(error);
    if (code === "ENOENT" || code === "ENOTDIR") {
      throw new FlowdeckError("kubeconfig-missing", message("kubeconfig.missing", { file }), { detail });
    }
    if (error instanceof UnfitFile) {
      throw new FlowdeckError(
        "kubeconfig-unreadable",
        message("kubeconfig.unreadableBecause", { file, why: error.why }),
      );
    }
    const id = code === "EACCES" || code === "EPERM" ? "kubeconfig.mayNotRead" : "kubeconfig.unreadable";
    throw new FlowdeckError("kubeconfig-unreadable", message(id, { file }), { detail });
  }
}

/** kubectl's: the first file that names one; of the files chosen in addition only where those name none. */
export function currentContext(looked: readonly Looked[]): { file: string; name: string } | undefined {
  const documents = looked.flatMap(({ document }) => document ?? []);
  const name = documents.find(({ currentContext: named }) => named !== undefined)?.currentContext;
  const holder = documents.find(({ contexts }) => contexts.some((context) => context.name === name));
  return name === undefined || holder === undefined ? undefined : { file: holder.path, name };
}

export function expandHome(file: string, home: string): string {
  return file === "~" || file.startsWith("~/") || file.startsWith("~\\") ? path.join(home, file.slice(1)) : file;
}
