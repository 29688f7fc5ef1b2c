import { readFile } from "node:fs/promises";
import { InvalidArgumentError } from "commander";
import { type ClassPlan, type ContextId, FlowdeckError, type ProfileList } from "../../common/contract/index.ts";
import { presetNames, type QuotaPreset, quotaPresets } from "../../common/kube/index.ts";
import { decodeTable } from "../../common/text/index.ts";
import { type Message, message } from "../../common/words/cli.ts";
import type { LocalizedCommand } from "../app/index.ts";
import { connect, namedOrCurrent } from "./choose-context.ts";
import { type Output, table } from "./output.ts";
import { detailLines } from "./profile-lines.ts";
import { type CommandSession, Interrupted, runCommand } from "./session.ts";

interface ClusterOptions {
  context?: string;
  approveExec: boolean;
}

/** flowdeck profiles list | show | create | share | unshare | leave | delete | apply */
export function addProfileCommands(program: LocalizedCommand): void {
  const text = (said: Message) => program.text(said);
  const profiles = program.command("profiles").description(text(message("cliProfiles.help")));
  const add = (name: string, said: Message) =>
    profiles
      .command(name)
      .description(text(said))
      .option("--context <name>", text(message("cliHelp.contextOrCurrent")))
      .option("--approve-exec", text(message("cliHelp.approveExec")), false);
  const profile = text(message("cliProfiles.profile"));

  add("list", message("cliProfiles.list")).action((options: ClusterOptions, command: LocalizedCommand) =>
    runCommand(command, async (session) => {
      const list = await listed(session, await contextOf(session, options));
      session.output.result("profiles", list, rowsOf(list, session.output));
    }),
  );

  add("create", message("cliProfiles.create"))
    .argument("<profile>", profile)
    .requiredOption("--owner <email>", text(message("cliProfiles.owner")))
    .option("--quota <preset>", text(message("cliProfiles.quota")), (given): QuotaPreset => {
      const preset = presetNames.find((one) => one === given);
      if (preset !== undefined) return preset;
      throw new InvalidArgumentError(text(message("cliProfiles.unknownQuota", { presets: presetNames.join(", ") })));
    })
    .action(
      (name: string, options: ClusterOptions & { owner: string; quota?: QuotaPreset }, command: LocalizedCommand) =>
        runCommand(command, async (session) => {
          const context = await contextOf(session, options);
          const hard = quotaPresets[options.quota ?? "none"];
          await session.client.call("profiles.create", { context, profile: name, owner: options.owner, hard });
          told(session, "profile", { profile: name }, message("cliProfiles.created", { profile: name }));
        }),
    );

  add("share", message("cliProfiles.share"))
    .argument("<profile>", profile)
    .argument("<user>", text(message("cliProfiles.user")))
    .option("--role <role>", text(message("cliProfiles.role")), (given): "view" | "edit" => {
      if (given === "view" || given === "edit") return given;
      throw new InvalidArgumentError(text(message("cliProfiles.unknownRole")));
    })
    .action(
      (name: string, user: string, options: ClusterOptions & { role?: "view" | "edit" }, command: LocalizedCommand) =>
        runCommand(command, async (session) => {
          const asked = {
            context: await contextOf(session, options),
            profile: name,
            user,
            role: options.role ?? "edit",
          };
          const answer = await session.client.call("profiles.share", asked);
          told(session, "profile", answer, message("cliProfiles.shared", { profile: name, user }));
        }),
    );

  add("unshare", message("cliProfiles.unshare"))
    .argument("<profile>", profile)
    .argument("<user>", text(message("cliProfiles.user")))
    .action((name: string, user: string, options: ClusterOptions, command: LocalizedCommand) =>
      runCommand(command, async (session) => {
        const asked = { context: await contextOf(session, options), profile: name, user };
        const answer = await session.client.call("profiles.unshare", asked);
        told(session, "profile", answer, message("cliProfiles.unshared", { profile: name, user }));
      }),
    );

  add("leave", message("cliProfiles.leave"))
    .argument("<profile>", profile)
    .action((name: string, options: ClusterOptions, command: LocalizedCommand) =>
      runCommand(command, async (session) => {
        const asked = { context: await contextOf(session, options), profile: name };
        const answer = await session.client.call("profiles.leave", asked);
        told(session, "profile", answer, message("cliProfiles.unshared", { profile: name, user: answer.user }));
      }),
    );

  add("show", message("cliProfiles.show"))
    .argument("<profile>", profile)
    .action((name: string, options: ClusterOptions, command: LocalizedCommand) =>
      runCommand(command, async (session) => {
        const context = await contextOf(session, options);
        const { profiles: all } = await listed(session, context);
        const found = all.find((one) => one.name === name);
        if (found === undefined) throw new FlowdeckError("object-not-found", message("profile.missing", { name }));
        const details = await session.client.call("profiles.details", { context, profile: name });
        session.output.result("profile", { ...found, ...details }, detailLines(found, details, session.output));
      }),
    );

  add("delete", message("cliProfiles.delete"))
    .argument("<profile>", profile)
    .option("--yes", text(message("cliHelp.yes")), false)
    .action((name: string, options: ClusterOptions & { yes: boolean }, command: LocalizedCommand) =>
      runCommand(command, async (session) => {
        const asked = { context: await contextOf(session, options), profile: name };
        if (!options.yes) {
          const contents = await session.client.call("profiles.contents", asked);
          const would = message("cliProfiles.wouldDelete", { profile: name, count: contents.objects });
          return told(session, "contents", contents, would);
        }
        await session.client.call("profiles.delete", { ...asked, confirm: name });
        told(session, "profile", { profile: name }, message("cliProfiles.deleted", { profile: name }));
      }),
    );

  add("apply", message("cliProfiles.apply"))
    .requiredOption("--file <csv>", text(message("cliProfiles.file")))
    .option("--yes", text(message("cliHelp.yes")), false)
    .action((options: ClusterOptions & { file: string; yes: boolean }, command: LocalizedCommand) =>
      runCommand(command, async (session) => {
        const list = decodeTable(await readList(options.file));
        const context = await contextOf(session, options);
        const plan = await session.client.call("profiles.plan", { context, text: list });
        session.output.result("plan", plan, planLines(plan, session.output));
        if (plan.errors.length > 0) throw new FlowdeckError("invalid-input", message("profile.planBroken"));
        if (!options.yes) return session.output.say(text(message("cliProfiles.useYes")));
        await apply(session, { context, text: list, digest: plan.digest });
      }),
    );
}

async function readList(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new FlowdeckError("not-found", message("cliProfiles.unreadable", { file }), { cause });
  }
}

async function contextOf({ client }: CommandSession, { context, approveExec }: ClusterOptions): Promise<ContextId> {
  const chosen = await namedOrCurrent(client, context);
  await connect(client, chosen, approveExec);
  return chosen.id;
}

/** The list as it is once everything that it is made of was read. Throws why it can't be had. */
async function listed({ client }: CommandSession, context: ContextId): Promise<ProfileList> {
  let last: ProfileList | undefined;
  await client.follow("profiles.watch", { context }, (list) => {
    last = list;
    return list.state !== "listing";
  });
  if (last?.state === "absent") throw new FlowdeckError("kind-unknown", message("profile.notServed"));
  if (last?.problem !== undefined) throw FlowdeckError.from(last.problem);
  return last ?? { state: "listing", profiles: [], allocatable: {}, unread: [] };
}

const noList: ProfileList = { state: "live", profiles: [], allocatable: {}, unread: [] };

function rowsOf({ profiles, limited }: ProfileList, output: Output): string[] {
  if (limited) return [output.text(message("cliProfiles.limited")), ...rowsOf({ ...noList, profiles }, output)];
  if (profiles.length === 0) return [output.text(message("cliProfiles.none"))];
  const head = [message("cliHead.name"), message("cliProfiles.headOwner"), message("cliProfiles.headMembers")];
  return table(
    head.map(output.text),
    profiles.map(({ name, owner, members }) => [
      name,
      owner.name,
      members.map(({ user, role }) => `${user}:${role}`).join(" "),
    ]),
  );
}

const signs = { create: "+", change: "~", unchanged: "=" } as const;

function planLines({ rows, errors }: ClassPlan, output: Output): string[] {
  if (errors.length > 0) return errors.map((error) => output.text(message("cliProfiles.line", error)));
  return rows.flatMap(({ action, profile, changes, warnings }) => [
    `${signs[action]} ${profile}`,
    ...[...changes, ...warnings].map((one) => `    ${output.text(one)}`),
  ]);
}

async function apply(
  { client, output, ending }: CommandSession,
  input: { context: ContextId; text: string; digest: string },
): Promise<void> {
  let failed = false;
  await client.follow(
    "profiles.apply",
    input,
    ({ state, rows }) => {
      const done = rows.filter((row) => row.state === "done").length;
      const all = rows.length;
      const label = output.text(message("cliProfiles.done", { done, all }));
      output.progress(all === 0 ? 1 : done / all, label, { state, rows });
      if (state === "running") return false;
      for (const { problem } of rows) if (problem !== undefined) output.error(problem);
      failed = state === "failed";
      output.say(label);
      return true;
    },
    ending,
  );
  if (ending.aborted) throw new Interrupted();
  if (failed) process.exitCode = 1;
}

function told({ output }: CommandSession, type: string, data: unknown, said: Message): void {
  output.result(type, data, [output.text(said)]);
}
