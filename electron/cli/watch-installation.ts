import { FlowdeckError, type InstallStatus, type LogEntry, releaseTitle } from "../../common/contract/index.ts";
import { shellWord } from "../../common/text/index.ts";
import { message } from "../../common/words/cli.ts";
import { type Output, seconds } from "./output.ts";
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
    output.say(output.text(message("cliOutput.cancelling")));
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
      output.progress(status.fraction, labelOf(status, output), progressOf(status));
      return isOver(status);
    });
    setTimeout(() => over.abort(), lastLinesMs);
    await logs;
    await cancelled;
  } finally {
    ending.removeEventListener("abort", cancel);
  }
  if (last === undefined) throw new FlowdeckError("not-found", message("command.nothingRuns", { folder: kfDir }));
  return concluded(session, last, releaseTitle(await client.call("releases.list", {}), last, output.language));
}

function isOver({ state }: InstallStatus): boolean {
  return state !== "running" && state !== "removing";
}

function labelOf({ objects, pods, podsTotal, waiting, step }: InstallStatus, output: Output): string {
  const [first] = waiting;
  const now = step === undefined ? "" : message(`cliStep.${step}`);
  return output.text(
    message("cliOutput.progress", {
      done: objects.done,
      total: objects.total,
      running: pods.filter((pod) => pod.state === "running" || pod.state === "completed").length,
      pods: podsTotal,
      wait: first === undefined ? now : waitOf(first, output),
    }),
  );
}

function waitOf({ what, forWhat, because }: InstallStatus["waiting"][number], output: Output): string {
  return `${output.text(what)} → ${output.text(forWhat)}: ${output.text(because)}`;
}

function progressOf({ fraction, step, objects, podsTotal, waiting, elapsedMs }: InstallStatus): object {
  return { fraction, step, objects, podsTotal, waiting, elapsedMs };
}

function concluded({ output }: CommandSession, status: InstallStatus, title: string): InstallStatus {
  const { state, kfDir, activity, objects } = status;
  const folder = shellWord(kfDir);
  const installs = activity === "install";
  const whatNext = [
    message("cliOutput.continueWith", { command: `flowdeck continue ${folder}` }),
    ...(installs ? [message("cliOutput.uninstallWith", { command: `flowdeck uninstall ${folder}` })] : []),
  ].map((said) => output.text(said));
  if (state === "installed" || state === "removed") {
    const params = { title, time: seconds(status.elapsedMs) };
    const over = installs ? message("cliOutput.installed", params) : message("cliOutput.removed", params);
    output.result("status", status, [output.text(over)]);
    return status;
  }
  if (state === "cancelled") {
    const stays = installs
      ? message("cliOutput.cancelledInstall", objects)
      : message("cliOutput.cancelledRemoval", objects);
    output.result("status", status, [output.text(stays), ...whatNext]);
    throw new Interrupted();
  }
  output.result("status", status, whatNext);
  for (const problem of status.problems) output.error(problem);
  throw status.error
    ? FlowdeckError.from(status.error)
    : new FlowdeckError("internal", message("command.endedAs", { state: message(`cliState.${state}`) }));
}
