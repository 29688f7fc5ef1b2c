import { type Command, InvalidArgumentError } from "commander";
import { FlowdeckError, type PracticeStatus } from "../../common/contract/index.ts";
import { message, textOf } from "../../common/words/index.ts";
import { type CommandSession, Interrupted, runCommand } from "./session.ts";

/** flowdeck practice start | stop | reset | status | kubeconfig */
export function addPracticeCommands(program: Command): void {
  const practice = program
    .command("practice")
    .description("a real Kubernetes control plane on this machine, with simulated nodes and pods");

  practice
    .command("start")
    .description("start it and wait until it is ready; it stays when this command has ended")
    .option("--nodes <number>", "how many nodes it simulates, 1 to 50", nodeCount)
    .action((options: { nodes?: number }, command: Command) =>
      runCommand(command, async (session) => {
        await session.client.call("practice.start", options.nodes === undefined ? {} : { nodes: options.nodes });
        const status = await untilSettled(session, "starting");
        if (status.state !== "running") throw failureOf(status);
        session.output.result("practice", status, [
          `✓ The practice cluster runs: Kubernetes ${status.version ?? ""}, ${status.nodes} simulated nodes.`,
          "",
          `  export KUBECONFIG=${status.kubeconfig}`,
          "",
          "Stop it with: flowdeck practice stop",
        ]);
      }),
    );

  practice
    .command("stop")
    .description("stop it; what is in it stays for the next start")
    .action((_options, command: Command) =>
      runCommand(command, async (session) => {
        await session.client.call("practice.stop", {});
        const status = await untilSettled(session, "stopping");
        session.output.result("practice", status, [words(status)]);
      }),
    );

  practice
    .command("reset")
    .description("stop it and delete everything in it")
    .option("--yes", "do not ask for confirmation", false)
    .action((options: { yes: boolean }, command: Command) =>
      runCommand(command, async (session) => {
        if (!options.yes) {
          throw new FlowdeckError("not-allowed", message("command.resetUnconfirmed"), {
            advice: [message("command.allWouldGo"), message("command.confirmWithYes")],
          });
        }
        await session.client.call("practice.reset", {});
        const status = await untilSettled(session, "stopping");
        session.output.result("practice", status, [words(status)]);
      }),
    );

  practice
    .command("status")
    .description("say whether it runs")
    .action((_options, command: Command) =>
      runCommand(command, async ({ client, output }) => {
        const status = await client.call("practice.status", {});
        output.result("practice", status, [words(status)]);
      }),
    );

  practice
    .command("kubeconfig")
    .description("print the path of its kubeconfig")
    .action((_options, command: Command) =>
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
      output.progress(
        status.fraction,
        status.said ? textOf(status.said, output.language) : (status.step ?? passing),
        status,
      );
      return false;
    });
    await cancelled;
  } finally {
    ending.removeEventListener("abort", cancel);
  }
  if (ending.aborted && last?.state !== "running") {
    output.say("Canceled. The practice cluster is not running.");
    throw new Interrupted();
  }
  return last ?? (await client.call("practice.status", {}));
}

function failureOf(status: PracticeStatus): FlowdeckError {
  return status.error
    ? FlowdeckError.from(status.error)
    : new FlowdeckError("practice-failed", message("practice.failed"));
}

function words({ state, version, nodes, server, error }: PracticeStatus): string {
  const running = `runs: Kubernetes ${version ?? ""} at ${server ?? ""}, ${nodes} simulated nodes`;
  const says: Record<PracticeStatus["state"], string> = {
    absent: "does not exist yet",
    stopped: "is stopped; what is in it is kept",
    starting: "is starting",
    running,
    stopping: "is stopping",
    failed: `has failed: ${error?.message ?? "no reason is known"}`,
  };
  return `The practice cluster ${says[state]}.`;
}

function nodeCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 50) return count;
  throw new InvalidArgumentError("It is a whole number from 1 to 50.");
}
