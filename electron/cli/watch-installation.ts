import type { InstallStatus, LogEntry } from "../../common/contract/index.ts";
import { FlowdeckError } from "../../common/contract/index.ts";
import { shellWord } from "../../common/text/index.ts";
import { type Language, message, textOf } from "../../common/words/index.ts";
import { seconds } from "./output.ts";
import { type CommandSession, Interrupted } from "./session.ts";

/** Log lines come in batches; the last one may come a little after the last status. */
const lastLinesMs = 250;

/**
 * Draws an installation (or its removal) until it is over. On Ctrl-C it is cancelled, waited for, and what stays is
 * said. Throws what made it fail. `shows` chooses among the log's entries.
 */
export async function watchInstallation(
  session: CommandSession,
  kfDir: string,
  shows: (entry: LogEntry) => boolean = () => true,
): Promise<InstallStatus> {
  const { client, output, ending } = session;
  let last: InstallStatus | undefined;
  let cancelled: Promise<unknown> | undefined;
  const cancel = () => {
    output.say("Stopping … (press Ctrl-C again to quit at once)");
    cancelled = client.call("install.cancel", { kfDir });
  };
  if (ending.aborted) cancel();
  ending.addEventListener("abort", cancel, { once: true });
  try {
    const over = new AbortController();
    const logs = client.follow(
      "install.log",
      { kfDir },
      (entries) => {
        for (const entry of entries.filter(shows)) output.log(entry);
        return false;
      },
      over.signal,
    );
    await client.follow("install.watch", { kfDir }, (status) => {
      last = status;
      output.progress(status.fraction, labelOf(status, output.language), progressOf(status));
      return isOver(status);
    });
    setTimeout(() => over.abort(), lastLinesMs);
    await logs;
    await cancelled;
  } finally {
    ending.removeEventListener("abort", cancel);
  }
  if (last === undefined) throw new FlowdeckError("not-found", message("command.nothingRuns", { folder: kfDir }));
  return concluded(session, last);
}

function isOver({ state }: InstallStatus): boolean {
  return state !== "running" && state !== "removing";
}

function labelOf({ objects, pods, podsTotal, waiting, step }: InstallStatus, language: Language): string {
  const running = pods.filter((pod) => pod.state === "running" || pod.state === "completed").length;
  const [first] = waiting;
  const wait = first === undefined ? (step ?? "") : waitOf(first, language);
  return `${objects.done}/${objects.total} objects · ${running}/${podsTotal} pods · ${wait}`;
}

function waitOf({ what, forWhat, because }: InstallStatus["waiting"][number], language: Language): string {
  return `${textOf(what, language)} → ${textOf(forWhat, language)}: ${textOf(because, language)}`;
}

function progressOf({ fraction, step, objects, podsTotal, waiting, elapsedMs }: InstallStatus): object {
  return { fraction, step, objects, podsTotal, waiting, elapsedMs };
}

function concluded({ output }: CommandSession, status: InstallStatus): InstallStatus {
  const { state, kfDir, activity, elapsedMs } = status;
  const what = activity === "install" ? `${status.title} is installed` : `${status.title} was uninstalled`;
  const goOn = `Continue with: flowdeck continue ${shellWord(kfDir)}`;
  const undo = activity === "install" ? `Uninstall with: flowdeck uninstall ${shellWord(kfDir)}` : undefined;
  if (state === "installed" || state === "removed") {
    output.result("status", status, [`✓ ${what} (${seconds(elapsedMs)}).`]);
    return status;
  }
  if (state === "cancelled") {
    const stays = `Stopped. ${status.objects.done} of ${status.objects.total} objects are done and stay as they are.`;
    output.result("status", status, [stays, goOn, ...(undo === undefined ? [] : [undo])]);
    throw new Interrupted();
  }
  output.result("status", status, [goOn, ...(undo === undefined ? [] : [undo])]);
  for (const problem of status.problems) output.error(problem);
  throw status.error
    ? FlowdeckError.from(status.error)
    : new FlowdeckError("internal", message("command.endedAs", { state }));
}
