import { type CallInput, FlowdeckError, type PlanProgress, type PlanSummary } from "../../common/contract/index.ts";
import { message } from "../../common/words/cli.ts";
import { type CommandSession, Interrupted } from "./session.ts";

export type PlanRequest = CallInput<"plan.prepare">;

/**
 * Makes the plan while its progress is drawn.
 * @throws Interrupted when it was cancelled, FlowdeckError when no plan came out.
 */
export async function preparePlan(session: CommandSession, request: PlanRequest): Promise<PlanSummary> {
  const { client, output, ending } = session;
  const cancel = () => void client.call("plan.cancel", {}).catch((error: unknown) => output.say(String(error)));
  ending.addEventListener("abort", cancel, { once: true });
  let last: PlanProgress = await client.call("plan.prepare", request);
  await client.follow("plan.watch", {}, (progress) => {
    last = progress;
    output.progress(progress.fraction, progress.said === undefined ? "" : output.text(progress.said), progress);
    return progress.state !== "running";
  });
  ending.removeEventListener("abort", cancel);
  if (last.state === "cancelled" || ending.aborted) {
    output.say(output.text(message("cliOutput.cancelledPlan")));
    throw new Interrupted();
  }
  if (last.summary !== undefined) return last.summary;
  throw last.error ? FlowdeckError.from(last.error) : new FlowdeckError("plan-invalid", message("command.noPlan"));
}
