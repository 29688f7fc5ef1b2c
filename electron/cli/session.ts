import { join } from "node:path";
import { errorCode, toAppError } from "../../common/contract/index.ts";
import { type LocalizedCommand, openLogFile, type RawAppOptions, readAppOptions } from "../app/index.ts";
import { createBackend, type RunningBackend } from "../backend.ts";
import { type LocalClient, localClient } from "./local-client.ts";
import { createOutput, type Output } from "./output.ts";
import { projectRoot, projectVersion } from "./project.ts";
import { endingSignal } from "./shutdown-signal.ts";
import { UsageError } from "./usage-error.ts";

/** What a command works with. */
export interface CommandSession {
  client: LocalClient;
  kfdefs: RunningBackend["kfdefs"];
  output: Output;
  /** Aborts on Ctrl-C; a command then cancels what it began and says what stays. */
  ending: AbortSignal;
}

/** Asked to stop by the user; ends with code 130. */
export class Interrupted extends Error {}

/**
 * Runs a command on a backend of its own and ends it with what the command line promises: 0 done, 1 failed, 2 used
 * wrongly, 130 interrupted. A practice cluster that was started stays, as the command line does not.
 */
export async function runCommand(
  command: LocalizedCommand,
  work: (session: CommandSession) => Promise<void>,
): Promise<void> {
  const options = command.optsWithGlobals<RawAppOptions & { json?: boolean }>();
  const output = createOutput(options.json === true, process.stdout, process.stderr, command.language);
  process.stdout.on("error", goOnUnheard);
  const ending = endingSignal();
  try {
    const appOptions = await readAppOptions(options, process.env).catch((thrown: unknown) => {
      process.exitCode = 2;
      throw thrown;
    });
    const log = await openLogFile(appOptions.dataDir);
    const running = await createBackend({
      ...appOptions,
      host: "web",
      practiceOwner: "cli",
      version: projectVersion(),
      assetsDir: join(projectRoot, "assets"),
      log: log.write,
    });
    try {
      const client = localClient(running.backend, log.write);
      await work({ client, kfdefs: running.kfdefs, output, ending: ending.signal });
    } finally {
      await running.close();
      await log.close();
    }
  } catch (thrown) {
    process.exitCode ??= exitCodeOf(thrown);
    if (thrown instanceof UsageError) {
      output.error({ code: "invalid-input", message: thrown.text(output.language) });
    } else if (!(thrown instanceof Interrupted)) {
      output.error(toAppError(thrown));
    }
  } finally {
    output.end();
    ending.stop();
  }
}

/** A reader that went away (`… | head`) does not stop the work half-way. */
function goOnUnheard(error: Error): void {
  if (errorCode(error) !== "EPIPE") throw error;
}

function exitCodeOf(thrown: unknown): number {
  if (thrown instanceof Interrupted) return 130;
  return thrown instanceof UsageError ? 2 : 1;
}
