import { type AccessChange, type AccessProgress, type AccessView, FlowdeckError } from "../../common/contract/index.ts";
import { type Message, message } from "../../common/words/cli.ts";
import type { LocalizedCommand } from "../app/index.ts";
import { type AccessOptions, accessFrom, accessOptions, certificateFrom } from "./access-options.ts";
import { chooseContext, connect } from "./choose-context.ts";
import { chooseInstallation } from "./choose-installation.ts";
import type { Output } from "./output.ts";
import { type CommandSession, Interrupted, runCommand } from "./session.ts";
import { UsageError } from "./usage-error.ts";

interface TargetOptions {
  context?: string;
  approveExec: boolean;
}

/** flowdeck address show | set | verify */
export function addAddressCommands(program: LocalizedCommand): void {
  const text = (said: Message) => program.text(said);
  const address = program.command("address").description(text(message("cliAddress.help")));
  const add = (name: string, said: Message) =>
    address
      .command(name)
      .description(text(said))
      .argument("[installation]", text(message("cliHelp.installation")))
      .option("--context <name>", text(message("cliHelp.contextElse")))
      .option("--approve-exec", text(message("cliHelp.approveExec")), false);

  add("show", message("cliAddress.show")).action(
    (named: string | undefined, options: TargetOptions, command: LocalizedCommand) =>
      runCommand(command, async (session) => {
        const view = await looked(session, await target(session, named, options), () => true);
        session.output.result("address", view, viewLines(view, session.output));
      }),
  );

  add("verify", message("cliAddress.verify"))
    .option("--timeout <seconds>", text(message("cliAddress.timeout")), "60")
    .action((named: string | undefined, options: TargetOptions & { timeout: string }, command: LocalizedCommand) =>
      runCommand(command, async (session) => {
        const until = Date.now() + Number(options.timeout) * 1000;
        const view = await looked(
          session,
          await target(session, named, options),
          ({ attention }) => attention.length === 0 || Date.now() > until,
          AbortSignal.timeout(Number(options.timeout) * 1000),
        );
        session.output.result("address", view, viewLines(view, session.output));
        if (view.attention.some(({ level }) => level === "bad") || view.waiting) process.exitCode = 1;
      }),
    );

  accessOptions(add("set", message("cliAddress.set")))
    .option("--yes", text(message("cliHelp.yes")), false)
    .action(
      (
        named: string | undefined,
        options: TargetOptions & AccessOptions & { yes: boolean },
        command: LocalizedCommand,
      ) =>
        runCommand(command, async (session) => {
          const access = accessFrom(options);
          if (access === undefined) throw new UsageError(message("cliAddress.noWay"));
          const { client, output } = session;
          const certificate = certificateFrom(options);
          const wanted = {
            ...(await target(session, named, options)),
            access,
            ...(certificate ? { certificate } : {}),
          };
          const plan = await client.call("wayIn.plan", wanted, session.ending);
          output.result(
            "plan",
            plan,
            plan.changes.flatMap((change) => changeLines(change, output)),
          );
          for (const { said } of plan.warnings) output.say(output.text(said));
          if (plan.changes.length === 0) return output.say(output.text(message("wayIn.nothingToChange")));
          if (!options.yes) return output.say(output.text(message("cliAddress.useYes")));
          await apply(session, { ...wanted, digest: plan.digest });
        }),
    );
}

async function target(session: CommandSession, named: string | undefined, options: TargetOptions) {
  const { client } = session;
  const { kfDir, entry } = await chooseInstallation(client, named);
  const context = await chooseContext(client, options.context ?? entry?.contextName);
  await connect(client, context, options.approveExec);
  return { kfDir, context: context.id };
}

/** How it is reached once that is `enough`, or when the time is over. */
async function looked(
  { client, ending }: CommandSession,
  input: Awaited<ReturnType<typeof target>>,
  enough: (view: AccessView) => boolean,
  timeout?: AbortSignal,
): Promise<AccessView> {
  let last: AccessView | undefined;
  const until = timeout ? AbortSignal.any([ending, timeout]) : ending;
  await client.follow(
    "wayIn.watch",
    input,
    (view) => {
      last = view;
      return enough(view);
    },
    until,
  );
  if (ending.aborted) throw new Interrupted();
  if (last === undefined) throw new FlowdeckError("verify-failed", message("cliAddress.noTime"));
  return last;
}

function viewLines(view: AccessView, output: Output): string[] {
  const { access, url, answer, dns, certificate, attention } = view;
  const facts = answer?.tls?.facts;
  return [
    output.text(message(`cliAddressWay.${access.way}`)),
    ...(url ? [url] : []),
    ...(answer?.ms !== undefined && answer.error === undefined
      ? [
          output.text(
            message(answer.signIn ? "cliAddress.answersSignIn" : "cliAddress.answers", { ms: String(answer.ms) }),
          ),
        ]
      : []),
    ...(facts
      ? [output.text(message("cliAddress.certificate", { issuer: facts.issuer, date: { time: facts.to } }))]
      : []),
    ...(certificate?.ready && !facts ? [output.text(message("cliAddress.issued"))] : []),
    ...(dns?.state === "right" ? [output.text(message("cliAddress.dnsRight", { name: dns.name }))] : []),
    ...attention.flatMap(({ level, said, advice }) => [
      `${level === "bad" ? "✗" : "!"} ${output.text(said)}`,
      ...(advice ? [`  ${output.text(advice)}`] : []),
    ]),
  ];
}

const signs = { create: "+", change: "~", delete: "-" } as const;

function changeLines({ object, what, because, fields }: AccessChange, output: Output): string[] {
  const { kind, namespace, name } = object;
  return [
    `${signs[what]} ${kind} ${namespace ? `${namespace}/` : ""}${name}: ${output.text(because)}`,
    ...fields.map(({ path, was, becomes }) => `    ${path}: ${was ?? "–"} → ${becomes ?? "–"}`),
  ];
}

async function apply(
  { client, output, ending }: CommandSession,
  input: Parameters<typeof client.follow<"wayIn.apply">>[1],
): Promise<void> {
  let last: AccessProgress | undefined;
  await client.follow(
    "wayIn.apply",
    input,
    (progress) => {
      last = progress;
      const { done, all, step, waitsFor } = progress;
      const label = waitsFor ?? message(`cliAddressStep.${step}`);
      output.progress(all === 0 ? 0 : done / all, output.text(label), progress);
      return progress.state !== "running";
    },
    ending,
  );
  if (last?.error) output.error(last.error);
  if (last?.trouble) output.error(last.trouble);
  if (last?.state === "done") {
    output.say(output.text(message("cliAddress.done")));
    if (last.view) output.result("address", last.view, viewLines(last.view, output));
    if (last.trouble) process.exitCode = 1;
    return;
  }
  if (ending.aborted && last?.changed) output.say(output.text(message("cliAddress.notAwaited")));
  if (ending.aborted || last?.state === "cancelled") throw new Interrupted();
  process.exitCode = 1;
}
