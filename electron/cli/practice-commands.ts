import { InvalidArgumentError } from "commander";
import { FlowdeckError, type PracticeStatus, saidOf } from "../../common/contract/index.ts";
import { type Message, message } from "../../common/words/cli.ts";
import type { LocalizedCommand } from "../app/index.ts";
import { type CommandSession, Interrupted, runCommand } from "./session.ts";

/** flowdeck practice start | stop | reset | status | kubeconfig */
export function addPracticeCommands(program: LocalizedCommand): void {
  const text = (said: Message) => program.text(said);
  const practice = program.command("practice").description(text(message("cliHelp.practice")));

  practice
    .command("start")
    .description(text(message("cliHelp.practiceStart")))
    .option("--nodes <number>", text(message("cliHelp.nodes")), (given) => {
      const count = Number(given);
      if (Number.isInteger(count) && count >= 1 && count <= 50) return count;
      throw new InvalidArgumentError(text(message("cliUsage.nodes")));
    })
    .action((options: { nodes?: number }, command: LocalizedCommand) =>
      runCommand(command, async (session) => {
        await session.client.call("practice.start", options.nodes === undefined ? {} : { nodes: options.nodes });
        const status = await untilSettled(session, "starting");
        if (status.state !== "running") throw failureOf(status);
        const { output } = session;
        const nodes = message("cliPractice.nodes", { count: status.nodes });
        output.result("practice", status, [
          output.text(message("cliPractice.started", { version: status.version ?? "", nodes })),
          "",
          `  export KUBECONFIG=${status.kubeconfig}`,
          "",
          output.text(message("cliPractice.stopWith", { command: "flowdeck practice stop" })),
        ]);
      }),
    );

  practice
    .command("stop")
    .description(text(message("cliHelp.practiceStop")))
    .action((_options, command: LocalizedCommand) =>
      runCommand(command, async (session) => {
        await session.client.call("practice.stop", {});
        const status = await untilSettled(session, "stopping");
        session.output.result("practice", status, [session.output.text(stateOf(status))]);
      }),
    );

  practice
    .command("reset")
    .description(text(message("cliHelp.practiceReset")))
    .option("--yes", text(message("cliHelp.yes")), false)
    .action((options: { yes: boolean }, command: LocalizedCommand) =>
      runCommand(command, async (session) => {
        if (!options.yes) {
          throw new FlowdeckError("not-allowed", message("command.resetUnconfirmed"), {
            advice: [message("command.allWouldGo"), message("command.confirmWithYes")],
          });
        }
        await session.client.call("practice.reset", {});
        const status = await untilSettled(session, "stopping");
        session.output.result("practice", status, [session.output.text(stateOf(status))]);
      }),
    );

  practice
    .command("status")
    .description(text(message("cliHelp.practiceStatus")))
    .action((_options, command: LocalizedCommand) =>
      runCommand(command, async ({ client, output }) => {
        const status = await client.call("practice.status", {});
        output.result("practice", status, [output.text(stateOf(status))]);
      }),
    );

  practice
    .command("kubeconfig")
    .description(text(message("cliHelp.practiceKubeconfig")))
    .action((_options, command: LocalizedCommand) =>
      runCommand(command, async ({ client, output }) => {
        const status = await client.call("practice.status", {});
        if (status.kubeconfig === undefined) {
          const advice = message("command.startPractice");
          throw new FlowdeckError("not-found", message("practice.notRunning"), { advice });
        }
        output.result("kubeconfig", { path: status.kubeconfig }, [status.kubeconfig]);
      }),
    );
}

/** Draws the practice cluster's steps until it has left the state it passes through. */
async function untilSettled({ client, output, ending }: CommandSession, passing: "starting" | "stopping") {
  let last: PracticeStatus | undefined;
  let cancelled: Promise<unknown> | undefined;
  const cancel = () => {
    if (passing === "starting") cancelled = client.call("practice.cancelStart", {});
  };
  if (ending.aborted) cancel();
  ending.addEventListener("abort", cancel, { once: true });
  try {
    await client.follow("practice.watch", {}, (status) => {
      last = status;
      if (status.state !== passing) return true;
      output.progress(status.fraction, output.text(status.said ?? message(`cliPractice.${passing}`)), status);
      return false;
    });
    await cancelled;
  } finally {
    ending.removeEventListener("abort", cancel);
  }
  if (ending.aborted && last?.state !== "running") {
    output.say(output.text(message("cliPractice.cancelled")));
    throw new Interrupted();
  }
  return last ?? (await client.call("practice.status", {}));
}

function failureOf(status: PracticeStatus): FlowdeckError {
  return status.error
    ? FlowdeckError.from(status.error)
    : new FlowdeckError("practice-failed", message("practice.failed"));
}

function stateOf({ state, version, nodes: count, server, error }: PracticeStatus): Message {
  switch (state) {
    case "running": {
      const nodes = message("cliPractice.nodes", { count });
      return message("cliPractice.running", { version: version ?? "", server: server ?? "", nodes });
    }
    case "failed":
      if (error === undefined) return message("cliPractice.failed");
      return message("cliPractice.failedBecause", { why: saidOf(error) });
    default:
      return message(`cliPractice.${state}`);
  }
}
