import { FlowdeckError } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";

/** What `spawn` is given to start a program. */
export interface Start {
  file: string;
  args: readonly string[];
  /** The arguments are a command line already; for `spawn` on Windows. */
  windowsVerbatimArguments?: true;
}

/** Letters and digits of any script, and marks that mean nothing to cmd.exe between quotation marks. */
const harmless = /^[\p{L}\p{M}\p{N} _.:/\\@+=,()~-]*$/u;
const plain = /^[A-Za-z0-9_.:/\\@+-]+$/;

/**
 * How to start a program without a shell that could take an argument for something else. On Windows a batch file (gcloud
 * and az are such) runs in cmd.exe in any case, which knows no safe way to write every argument: Node refuses to start
 * one by itself since CVE-2024-27980, and `shell: true` passes arguments on as they are. Here cmd.exe gets only arguments
 * of characters that it does nothing with, quoted where they have a space or a separator; with any other, nothing starts.
 * Throws `invalid-input` then.
 */
export function startOf(
  file: string,
  args: readonly string[],
  { platform = process.platform, env }: { platform?: NodeJS.Platform; env: NodeJS.ProcessEnv },
): Start {
  if (platform !== "win32" || !/\.(cmd|bat)$/i.test(file)) return { file, args };
  const words = [file, ...args].map((word, index) => {
    // A backslash at the end would take the quotation mark that follows with it.
    if (harmless.test(word) && !(word.endsWith("\\") && !plain.test(word)))
      return index > 0 && plain.test(word) ? word : `"${word}"`;
    throw new FlowdeckError("invalid-input", message("platform.batchArgument", { value: word, file }), {
      advice: message("platform.batchArgumentAdvice"),
    });
  });
  // By its whole path: neither a variable nor PATH says which program this is.
  const root = /^[A-Za-z]:\\[\w .\\-]+$/.test(env.SystemRoot ?? "") ? env.SystemRoot : "C:\\Windows";
  return {
    file: `${root}\\System32\\cmd.exe`,
    // Without AutoRun (/d); the first and the last quotation mark go (/s); ! has no meaning (/v:off).
    args: ["/d", "/s", "/v:off", "/c", `"${words.join(" ")}"`],
    windowsVerbatimArguments: true,
  };
}
