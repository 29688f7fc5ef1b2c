import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { text as readText } from "node:stream/consumers";
import { InvalidArgumentError } from "commander";
import {
  FlowdeckError,
  type PullSecretRow,
  type RegistryForm,
  type RegistryKind,
  registryForms,
} from "../../common/contract/index.ts";
import { defined } from "../../common/json/index.ts";
import { type Message, message } from "../../common/words/cli.ts";
import type { LocalizedCommand } from "../app/index.ts";
import { connect, namedOrCurrent } from "./choose-context.ts";
import type { PasswordOptions } from "./install-settings.ts";
import { table } from "./output.ts";
import { addRegistryDeploymentCommands } from "./registry-deployment-commands.ts";
import { runCommand } from "./session.ts";
import { UsageError } from "./usage-error.ts";

interface AddOptions extends PasswordOptions {
  username?: string;
  kind?: RegistryKind;
  plain: boolean;
  certificate?: string;
}

/** flowdeck registry list | add | check | remove | pull-secrets | deploy | deployed | delete */
export function addRegistryCommands(program: LocalizedCommand): void {
  const text = (said: Message) => program.text(said);
  const registries = program.command("registry").description(text(message("cliRegistries.help")));
  const host = text(message("cliRegistries.host"));

  registries
    .command("list")
    .description(text(message("cliRegistries.list")))
    .action((_options: object, command: LocalizedCommand) =>
      runCommand(command, async ({ client, output }) => {
        const list = await client.call("registries.list", {});
        const head = [message("cliRegistries.headHost"), message("cliRegistries.headUser")].map(output.text);
        const rows = list.registries.map((one) => [one.host, one.username]);
        const none = [output.text(message("cliRegistries.none"))];
        output.result("registries", list, rows.length === 0 ? none : table(head, rows));
      }),
    );

  registries
    .command("add")
    .description(text(message("cliRegistries.add")))
    .argument("<host>", host)
    .option("--username <name>", text(message("cliRegistries.username")))
    .option("--password-stdin", text(message("cliRegistries.passwordStdin")))
    .option("--password-env <variable>", text(message("cliRegistries.passwordEnv")))
    .option("--kind <kind>", text(message("cliRegistries.kind")), (given): RegistryKind => {
      const form = registryForms.find(({ kind }) => kind === given);
      if (form !== undefined) return form.kind;
      throw new InvalidArgumentError(text(message("cliRegistries.kind")));
    })
    .option("--plain", text(message("cliRegistries.plain")), false)
    .option("--certificate <file>", text(message("cliRegistries.certificate")))
    .action((name: string, options: AddOptions, command: LocalizedCommand) =>
      runCommand(command, async ({ client, output }) => {
        const form = registryForms.find(({ kind }) => kind === options.kind) ?? formOf(name);
        const certificate = options.certificate === undefined ? undefined : await pemIn(options.certificate);
        const answer = await client.call("registries.add", {
          ...{ host: name, kind: form.kind, plain: options.plain },
          username: options.username ?? form.username ?? "",
          password: await passwordOf(options),
          ...defined({ certificate }),
        });
        const { storage } = await client.call("registries.list", {});
        const kept = message("cliRegistries.added", { host: name, storage: message(`cliRegistries.${storage}`) });
        output.result("registry", { host: name, ...answer, storage }, [output.text(kept)]);
      }),
    );

  registries
    .command("check")
    .description(text(message("cliRegistries.check")))
    .argument("<host>", host)
    .action((name: string, _options: object, command: LocalizedCommand) =>
      runCommand(command, async ({ client, output }) => {
        const answer = await client.call("registries.checkStored", { host: name });
        output.result("registry", { host: name, ...answer }, [
          output.text(message("cliRegistries.works", { host: name })),
        ]);
      }),
    );

  registries
    .command("remove")
    .description(text(message("cliRegistries.remove")))
    .argument("<host>", host)
    .action((name: string, _options: object, command: LocalizedCommand) =>
      runCommand(command, async ({ client, output }) => {
        const { removed } = await client.call("registries.remove", { host: name });
        if (!removed) throw new FlowdeckError("not-found", message("registry.notConnected", { host: name }));
        output.result("registry", { host: name, removed }, [
          output.text(message("cliRegistries.removed", { host: name })),
        ]);
      }),
    );

  addRegistryDeploymentCommands(registries);

  registries
    .command("rotate")
    .description(text(message("cliRegistries.rotate")))
    .argument("<host>", host)
    .option("--context <name>", text(message("cliHelp.contextOrCurrent")))
    .option("--approve-exec", text(message("cliHelp.approveExec")), false)
    .option("--username <name>", text(message("cliRegistries.username")))
    .option("--password-stdin", text(message("cliRegistries.passwordStdin")))
    .option("--password-env <variable>", text(message("cliRegistries.passwordEnv")))
    .action((name: string, options: RotateOptions, command: LocalizedCommand) =>
      runCommand(command, async ({ client, output, ending }) => {
        const chosen = await namedOrCurrent(client, options.context);
        await connect(client, chosen, options.approveExec);
        const input = {
          ...{ context: chosen.id, host: name, password: await passwordOf(options) },
          ...defined({ username: options.username }),
        };
        const answer = await client.call("pullSecrets.rotate", input, ending);
        const count = answer.secrets.length;
        output.result("registry", answer, [
          output.text(message("cliRegistries.rotated", { host: name, count })),
          ...answer.unrecorded.map((one) => `! ${output.text(one)}`),
        ]);
      }),
    );

  registries
    .command("pull-secrets")
    .description(text(message("cliRegistries.pullSecrets")))
    .option("--context <name>", text(message("cliHelp.contextOrCurrent")))
    .option("--approve-exec", text(message("cliHelp.approveExec")), false)
    .option("--name <name>", text(message("cliRegistries.secretName")), "registry-pull")
    .option("--yes", text(message("cliHelp.yes")), false)
    .action((options: PullSecretOptions, command: LocalizedCommand) =>
      runCommand(command, async ({ client, output }) => {
        const chosen = await namedOrCurrent(client, options.context);
        await connect(client, chosen, options.approveExec);
        const asked = { context: chosen.id, name: options.name };
        const { rows } = await client.call("pullSecrets.list", asked);
        const lacking = rows.filter(({ secret, accounts }) => secret !== "current" || accounts.length > 0);
        if (!options.yes) {
          output.result("pullSecrets", { rows }, [
            ...rowsOf(rows, output.text),
            ...(lacking.length === 0 ? [] : [output.text(message("cliRegistries.unwritten"))]),
          ]);
          return;
        }
        const answer = await client.call("pullSecrets.write", {
          ...asked,
          namespaces: lacking.map(({ namespace }) => namespace),
        });
        for (const { problem } of answer.failed) output.error(problem);
        if (answer.failed.length > 0) process.exitCode = 1;
        const said = message("cliRegistries.written", { count: answer.written.length });
        output.result("pullSecrets", answer, [output.text(said)]);
      }),
    );
}

interface RotateOptions extends PasswordOptions {
  context?: string;
  approveExec: boolean;
  username?: string;
}

interface PullSecretOptions {
  context?: string;
  approveExec: boolean;
  name: string;
  yes: boolean;
}

function rowsOf(rows: readonly PullSecretRow[], text: (said: Message) => string): string[] {
  const head = [
    message("cliRegistries.headNamespace"),
    message("cliRegistries.headSecret"),
    message("cliRegistries.headAccounts"),
  ];
  return table(
    head.map(text),
    rows.map(({ namespace, secret, accounts }) => [namespace, secret, accounts.join(" ")]),
  );
}

/** The kind whose hosts look like this one. */
function formOf(host: string): RegistryForm {
  const [other] = registryForms.filter(({ kind }) => kind === "other");
  const endings: readonly [RegExp, RegistryKind][] = [
    [/^docker\.io$/, "dockerhub"],
    [/^ghcr\.io$/, "ghcr"],
    [/\.dkr\.ecr\.[^.]+\.amazonaws\.com/, "ecr"],
    [/-docker\.pkg\.dev$/, "gar"],
    [/\.azurecr\.io$/, "acr"],
  ];
  const kind = endings.find(([pattern]) => pattern.test(host))?.[1] ?? "other";
  return registryForms.find((form) => form.kind === kind) ?? other ?? { kind: "other", title: host, hostExample: host };
}

async function passwordOf({ passwordStdin, passwordEnv }: PasswordOptions): Promise<string> {
  if (passwordEnv !== undefined) {
    const value = process.env[passwordEnv];
    if (value === undefined) throw new UsageError(message("cliUsage.noVariable", { name: passwordEnv }));
    return value;
  }
  if (!passwordStdin) throw new UsageError(message("cliRegistries.noPassword"));
  return (await readText(process.stdin)).replace(/\r?\n$/, "");
}

async function pemIn(file: string): Promise<string> {
  try {
    return await readFile(resolve(file), "utf8");
  } catch (cause) {
    throw new FlowdeckError("not-found", message("cliRegistries.unreadable", { file }), { cause });
  }
}
