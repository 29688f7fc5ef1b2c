import { InvalidArgumentError } from "commander";
import {
  type CloudCluster,
  cloudPlatform,
  FlowdeckError,
  type ManagedPlatform,
  managedPlatform,
  type PlatformAction,
  type PlatformJob,
  type PlatformsView,
  type PreparedAction,
} from "../../common/contract/index.ts";
import { type Message, message } from "../../common/words/cli.ts";
import type { LocalizedCommand } from "../app/index.ts";
import { type Output, table } from "./output.ts";
import { type CommandSession, Interrupted, runCommand } from "./session.ts";

interface Where {
  region?: string;
  account?: string;
}

interface CreateOptions extends Where {
  nodes: number;
  cpu: number;
  memory: number;
  disk: number;
  kubernetes?: string;
  instanceType?: string;
  yes: boolean;
}

/** flowdeck platforms list | clusters | use | create | start | stop | delete */
export function addPlatformCommands(program: LocalizedCommand): void {
  const text = (said: Message) => program.text(said);
  const platforms = program.command("platforms").description(text(message("cliPlatforms.help")));
  const add = (name: string, said: Message) => platforms.command(name).description(text(said));
  const onPlatform = (name: string, said: Message) =>
    add(name, said)
      .argument("<platform>", text(message("cliPlatforms.platform")), (given): ManagedPlatform => {
        const known = managedPlatform.options.find((one) => one === given);
        if (known !== undefined) return known;
        const names = managedPlatform.options.join(", ");
        throw new InvalidArgumentError(text(message("cliPlatforms.unknownPlatform", { names })));
      })
      .option("--account <name>", text(message("cliPlatforms.account")));
  const onCluster = (name: string, said: Message) =>
    onPlatform(name, said)
      .argument("<cluster>", text(message("cliPlatforms.cluster")))
      .option("--region <name>", text(message("cliPlatforms.region")));
  const number = (given: string): number => {
    const value = Number(given);
    if (Number.isInteger(value) && value > 0) return value;
    throw new InvalidArgumentError(text(message("cliPlatforms.notNumber")));
  };

  add("list", message("cliPlatforms.list")).action((_options: object, command: LocalizedCommand) =>
    runCommand(command, async (session) => {
      const { tools = [] } = await looked(session, {});
      const head = [message("cliPlatforms.headTool"), message("cliPlatforms.headVersion"), message("cliHead.file")];
      const rows = tools.map(({ name, version, file, problem, install }) => {
        const why = problem === undefined ? session.output.text(install) : session.output.text(problem.said ?? "");
        return [name, version ?? "-", file !== undefined && problem === undefined ? file : why];
      });
      session.output.result("platforms", tools, table(head.map(session.output.text), rows));
    }),
  );

  onPlatform("clusters", message("cliPlatforms.clusters")).action(
    (platform: ManagedPlatform, { account }: Where, command: LocalizedCommand) =>
      runCommand(command, async (session) => {
        const cloud = cloudPlatform.safeParse(platform);
        const card = cloud.success ? cloud.data : "computer";
        const view = await looked(session, { card, ...(account === undefined ? {} : { account }) });
        const problem = cloud.success
          ? view.cloud?.problem
          : (view.computer?.runtimeProblem ??
            view.computer?.problems.find((one) => one.platform === platform)?.problem);
        if (problem !== undefined) throw FlowdeckError.from(problem);
        for (const region of view.cloud?.regions ?? [])
          if (region.problem !== undefined && region.state !== "disabled") session.output.error(region.problem);
        const clusters = cloud.success
          ? (view.cloud?.clusters ?? [])
          : (view.computer?.clusters ?? []).filter((one) => one.platform === platform);
        session.output.result("clusters", clusters, clusterRows(view, platform, session.output));
      }),
  );

  onCluster("use", message("cliPlatforms.use")).action(
    (platform: ManagedPlatform, name: string, where: Where, command: LocalizedCommand) =>
      runCommand(command, async (session) => {
        const request: PlatformAction = { action: "use", platform, name, ...where };
        const prepared = await session.client.call("platforms.prepare", request);
        show(session, prepared);
        const job = await carryOut(session, request, prepared);
        const said = message("cliPlatforms.added", { context: job.contextName ?? "" });
        session.output.result("platform", job, [session.output.text(said)]);
      }),
  );

  onCluster("create", message("cliPlatforms.create"))
    .option("--nodes <number>", text(message("cliPlatforms.nodes")), number, 3)
    .option("--cpu <number>", text(message("cliPlatforms.cpu")), number, 8)
    .option("--memory <GiB>", text(message("cliPlatforms.memory")), number, 16)
    .option("--disk <GiB>", text(message("cliPlatforms.disk")), number, 60)
    .option("--kubernetes <version>", text(message("cliPlatforms.kubernetes")))
    .option("--instance-type <type>", text(message("cliPlatforms.instanceType")))
    .option("--yes", text(message("cliHelp.yes")), false)
    .action((platform: ManagedPlatform, name: string, options: CreateOptions, command: LocalizedCommand) =>
      runCommand(command, async (session) => {
        const { memory, disk, yes, ...rest } = options;
        const request: PlatformAction = {
          action: "create",
          platform,
          name,
          ...rest,
          memoryGiB: memory,
          diskGiB: disk,
        };
        await ifSaid(session, request, yes, message("cliPlatforms.created", { cluster: name }));
      }),
    );

  for (const action of ["start", "stop"] as const)
    onCluster(action, message(`cliPlatforms.${action}`)).action(
      (platform: ManagedPlatform, name: string, where: Where, command: LocalizedCommand) =>
        runCommand(command, async (session) => {
          const request: PlatformAction = { action, platform, name, ...where };
          const done = action === "start" ? "cliPlatforms.started" : "cliPlatforms.stopped";
          await ifSaid(session, request, true, message(done, { cluster: name }));
        }),
    );

  onCluster("delete", message("cliPlatforms.delete"))
    .option("--yes", text(message("cliHelp.yes")), false)
    .action((platform: ManagedPlatform, name: string, options: Where & { yes: boolean }, command: LocalizedCommand) =>
      runCommand(command, async (session) => {
        const { yes, ...where } = options;
        const request: PlatformAction = { action: "delete", platform, name, ...where };
        await ifSaid(session, request, yes, message("cliPlatforms.deleted", { cluster: name }));
      }),
    );
}

/** Shows what would run, and runs it where that was said. */
async function ifSaid(session: CommandSession, request: PlatformAction, yes: boolean, done: Message): Promise<void> {
  const { output } = session;
  const prepared = await session.client.call("platforms.prepare", request);
  if (!yes) {
    output.result("prepared", prepared, preparedLines(prepared, output));
    return output.say(output.text(message("cliPlatforms.useYes")));
  }
  show(session, prepared);
  const job = await carryOut(session, request, prepared);
  output.result("platform", job, [output.text(done)]);
}

function show({ output }: CommandSession, prepared: PreparedAction): void {
  for (const line of preparedLines(prepared, output)) output.say(line);
}

function preparedLines({ lines, about, cost, warnings, limits, files }: PreparedAction, output: Output): string[] {
  return [
    output.text(about),
    ...(cost === undefined ? [] : [output.text(cost)]),
    ...[
      ...warnings,
      ...limits.map(({ name, value, needed, command }) =>
        message("cliPlatforms.lowLimit", { name, value, needed, command }),
      ),
    ].map((words) => output.text(message("cliOutput.warning", { words }))),
    ...files.flatMap(({ path, text }) => [
      `${path}:`,
      ...text
        .trimEnd()
        .split("\n")
        .map((line) => `    ${line}`),
    ]),
    ...lines.map((line) => `$ ${line}`),
  ];
}

/** What is found, once everything has answered. */
async function looked(
  { client, ending }: CommandSession,
  input: { card?: "computer" | "eks" | "gke" | "aks"; account?: string },
): Promise<PlatformsView> {
  let last: PlatformsView = { commands: [] };
  await client.follow(
    "platforms.watch",
    input,
    (view) => {
      last = view;
      return false;
    },
    ending,
  );
  if (ending.aborted) throw new Interrupted();
  return last;
}

/** Runs what was prepared to its end; Ctrl-C stops it and waits until what is half made is deleted. */
async function carryOut(
  { client, output, ending }: CommandSession,
  request: PlatformAction,
  { digest }: PreparedAction,
): Promise<PlatformJob> {
  const confirm = request.action === "delete" ? { confirm: request.name } : {};
  const { id } = await client.call("platforms.run", { request, digest, ...confirm });
  const cancel = () => void client.call("platforms.cancel", { id });
  if (ending.aborted) cancel();
  ending.addEventListener("abort", cancel, { once: true });
  let last: PlatformJob | undefined;
  let shown = 0;
  try {
    await client.follow("platforms.jobs", {}, (jobs) => {
      last = jobs.find((job) => job.id === id);
      if (last === undefined) return true;
      // Only the last lines are kept: what came in between is not shown twice.
      const fresh = last.output.slice(Math.min(shown, last.output.length));
      shown = last.output.length;
      for (const line of fresh) if (!line.startsWith("$ ")) output.say(`  ${line}`);
      return last.state !== "running" && last.state !== "cleaning";
    });
  } finally {
    ending.removeEventListener("abort", cancel);
  }
  if (last?.problem !== undefined) throw FlowdeckError.from(last.problem);
  if (last?.state !== "done") {
    output.say(output.text(message("cliPlatforms.cancelled")));
    throw new Interrupted();
  }
  return last;
}

const stateWords = {
  running: "cliPlatforms.running",
  stopped: "cliPlatforms.halted",
  unknown: "cliPlatforms.unknown",
} as const;

function clusterRows({ cloud, computer }: PlatformsView, platform: ManagedPlatform, output: Output): string[] {
  const head = [message("cliHead.name"), message("cliPlatforms.headRegion"), message("cliPlatforms.headVersion")];
  const heads = [...head, message("cliPlatforms.headState"), message("cliPlatforms.headNodes")].map(output.text);
  const local = (computer?.clusters ?? []).filter((one) => one.platform === platform);
  const rows =
    cloud === undefined
      ? local.map(({ name, version, state, nodes }) => [
          name,
          "-",
          version ?? "-",
          output.text(message(stateWords[state])),
          String(nodes ?? "-"),
        ])
      : cloud.clusters.map((one) => [one.name, one.region, one.version, one.status, poolWords(one)]);
  return rows.length === 0 ? [output.text(message("cliPlatforms.noClusters"))] : table(heads, rows);
}

function poolWords({ pools }: CloudCluster): string {
  return (pools ?? [])
    .map(({ name, count, instanceType, architecture }) => `${name}: ${count} × ${instanceType ?? architecture}`)
    .join(", ");
}
