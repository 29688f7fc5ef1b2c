import {
  type CallInput,
  type CheckId,
  type CheckRow,
  type ChecksView,
  FlowdeckError,
} from "../../common/contract/index.ts";
import { type Message, message } from "../../common/words/cli.ts";
import type { Output } from "./output.ts";
import { type CommandSession, Interrupted } from "./session.ts";

/** Lines of a fix that are printed; one that takes more is in the JSON. */
const shownLines = 12;

/**
 * `flowdeck check`: prints what each check finds as it ends, then carries out the fixes that were asked for.
 * @throws FlowdeckError `plan-invalid` where a check that has to pass did not, and what keeps the plan from being made.
 */
export async function runChecks(
  session: CommandSession,
  request: CallInput<"checks.start">,
  fixes: readonly CheckId[],
): Promise<void> {
  const { client, output, ending } = session;
  const cancel = () => void client.call("checks.cancel", {}).catch((error: unknown) => output.say(String(error)));
  ending.addEventListener("abort", cancel, { once: true });
  const told = new Set<CheckId>();
  let view: ChecksView = await client.call("checks.start", request);
  await client.follow("checks.watch", {}, (now) => {
    view = now;
    for (const row of now.rows) {
      if ((row.state !== "passed" && row.state !== "failed") || told.has(row.id)) continue;
      told.add(row.id);
      for (const line of rowLines(row, output)) output.say(line);
    }
    return now.state !== "running";
  });
  for (const id of fixes) {
    if (ending.aborted || view.rows.find((row) => row.id === id)?.fix?.run !== true) continue;
    view = await client.call("checks.fix", { id });
    const row = view.rows.find((one) => one.id === id);
    for (const line of row ? rowLines(row, output) : []) output.say(line);
  }
  ending.removeEventListener("abort", cancel);
  if (ending.aborted) throw new Interrupted();
  const count = (wanted: (row: CheckRow) => boolean) => view.rows.filter(wanted).length;
  const must = count(({ state, level }) => state === "failed" && level === "must");
  const should = count(({ state, level }) => state === "failed" && level === "should");
  const total = message("cliChecks.total", { count: count(({ state }) => state === "passed"), must, should });
  output.result("checks", view, [output.text(total)]);
  if (view.problem) throw FlowdeckError.from(view.problem);
  if (must > 0) throw new FlowdeckError("plan-invalid", message("cliChecks.mustFail", { count: must }));
}

function rowLines(
  { id, state, level, name, finding, evidence, detail, fix, problem }: CheckRow,
  output: Output,
): string[] {
  const sign = state === "passed" ? "✓" : level === "must" ? "✗" : "!";
  const found = output.text(finding ?? "");
  if (state === "passed") return [`${sign} ${output.text(name)}: ${found}`];
  const more = [...evidence, ...(problem?.said ? [problem.said] : [])].map((said) => `    ${output.text(said)}`);
  const quoted = detail === undefined ? [] : detail.split("\n").map((line) => `    | ${line}`);
  return [`${sign} ${output.text(name)}: ${found}`, ...more, ...quoted, ...fixLines(id, fix, output)];
}

function fixLines(id: CheckId, fix: CheckRow["fix"], output: Output): string[] {
  if (fix === undefined) return [];
  const how: Message = fix.run
    ? message("cliChecks.fix", { title: fix.title, id })
    : message("cliChecks.copy", { title: fix.title });
  const long = fix.lines.length > shownLines && fix.run;
  return [`    ${output.text(how)}`, ...(long ? [] : fix.lines.map((line) => `      ${line}`))];
}
