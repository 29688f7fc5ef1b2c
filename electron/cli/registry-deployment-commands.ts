import {
  type DeployedRegistry,
  type DeployPlan,
  type DeployProgress,
  FlowdeckError,
  type NodeRecipe,
  registryDeployment,
  type StreamInput,
} from "../../common/contract/index.ts";
import { defined } from "../../common/json/index.ts";
import { type Message, message } from "../../common/words/cli.ts";
import type { LocalizedCommand } from "../app/index.ts";
import { connect, namedOrCurrent } from "./choose-context.ts";
import { type Output, table } from "./output.ts";
import { type CommandSession, Interrupted, runCommand } from "./session.ts";
import { UsageError } from "./usage-error.ts";

interface WhereOptions {
  context?: string;
  approveExec: boolean;
}

interface DeployOptions extends WhereOptions {
  name?: string;
  namespace?: string;
  host?: string;
  nodePort?: string;
  size?: string;
  storageClass?: string;
  tls: boolean;
  issuer?: string;
  registryImage?: string;
  yes: boolean;
}

/** flowdeck registry deploy | deployed | delete */
export function addRegistryDeploymentCommands(registries: LocalizedCommand): void {
  const text = (said: Message) => registries.text(said);
  const add = (name: string, said: Message) =>
    registries
      .command(name)
      .description(text(said))
      .option("--context <name>", text(message("cliHelp.contextOrCurrent")))
      .option("--approve-exec", text(message("cliHelp.approveExec")), false);

  add("deploy", message("cliRegistryDeploy.deploy"))
    .option("--name <name>", text(message("cliRegistryDeploy.name")))
    .option("--namespace <name>", text(message("cliRegistryDeploy.namespace")))
    .option("--host <name>", text(message("cliRegistryDeploy.host")))
    .option("--node-port <port>", text(message("cliRegistryDeploy.nodePort")))
    .option("--size <size>", text(message("cliRegistryDeploy.size")))
    .option("--storage-class <name>", text(message("cliRegistryDeploy.storageClass")))
    .option("--issuer <name>", text(message("cliRegistryDeploy.issuer")))
    .option("--no-tls", text(message("cliRegistryDeploy.noTls")))
    .option("--registry-image <image>", text(message("cliRegistryDeploy.image")))
    .option("--yes", text(message("cliHelp.yes")), false)
    .action((options: DeployOptions, command: LocalizedCommand) =>
      runCommand(command, async (session) => {
        const settings = settingsOf(options);
        const { client, output, ending } = session;
        const context = await contextOf(session, options);
        const plan = await client.call("registryDeployment.plan", { context, settings }, ending);
        if (!options.yes) {
          output.result("registryPlan", plan, [
            ...planLines(plan, output),
            output.text(message("cliRegistryDeploy.unapplied")),
          ]);
          return;
        }
        await apply(session, { context, settings, digest: plan.digest });
        const { registries: list } = await client.call("registryDeployment.list", { context }, ending);
        const own = list.filter((one) => one.host === plan.host);
        output.result(
          "registry",
          own[0],
          own.flatMap((one) => recipeLines(one.recipes, output)),
        );
      }),
    );

  add("deployed", message("cliRegistryDeploy.deployed")).action((options: WhereOptions, command: LocalizedCommand) =>
    runCommand(command, async (session) => {
      const { client, output, ending } = session;
      const context = await contextOf(session, options);
      const answer = await client.call("registryDeployment.list", { context }, ending);
      const none = [output.text(message("cliRegistryDeploy.none"))];
      const lines = answer.registries.flatMap((one) => [
        deployedLine(one, output),
        ...recipeLines(one.recipes, output),
      ]);
      output.result("registries", answer, lines.length === 0 ? none : lines);
    }),
  );

  add("delete", message("cliRegistryDeploy.delete"))
    .argument("<namespace/name>", text(message("cliRegistryDeploy.which")))
    .option("--confirm <name>", text(message("cliRegistryDeploy.confirm")))
    .option("--keep-data", text(message("cliRegistryDeploy.keepData")), false)
    .action(
      (which: string, options: WhereOptions & { confirm?: string; keepData: boolean }, command: LocalizedCommand) =>
        runCommand(command, async (session) => {
          const { client, output, ending } = session;
          const [namespace = "", name = "", more] = which.split("/");
          if (name === "" || more !== undefined) throw new UsageError(message("cliRegistryDeploy.which"));
          const named = { context: await contextOf(session, options), namespace, name };
          const contents = await client.call("registryDeployment.contents", named, ending);
          const { confirm, keepData } = options;
          if (confirm === undefined) {
            const lines = contents.objects.map((one) => `${one.kind} ${one.name}`);
            const data = contents.data;
            output.result("registryContents", contents, [
              ...lines,
              ...(data === undefined
                ? []
                : [output.text(message("cliRegistryDeploy.data", { claim: data.claim, size: data.size }))]),
              output.text(message("cliRegistryDeploy.pulledBy", { count: contents.pods })),
              output.text(message("cliRegistryDeploy.unconfirmed", { name })),
            ]);
            return;
          }
          const answer = await client.call("registryDeployment.delete", { ...named, confirm, keepData }, ending);
          const stays = answer.stays.map((one) => `${one.kind} ${one.name}`).join(", ");
          output.result("registry", answer, [
            output.text(message("cliRegistryDeploy.done", { count: answer.deleted.length })),
            ...(stays === "" ? [] : [output.text(message("cliRegistryDeploy.stays", { objects: stays }))]),
          ]);
        }),
    );
}

async function contextOf({ client }: CommandSession, { context, approveExec }: WhereOptions) {
  const chosen = await namedOrCurrent(client, context);
  await connect(client, chosen, approveExec);
  return chosen.id;
}

function settingsOf(options: DeployOptions) {
  const { name, namespace, host, nodePort, size, storageClass, issuer, registryImage } = options;
  if (!options.tls && issuer !== undefined) throw new UsageError(message("cliRegistryDeploy.tlsTwice"));
  const tls = options.tls ? (issuer === undefined ? undefined : { kind: "issuer", name: issuer }) : { kind: "none" };
  const given = defined({
    ...{ name, namespace, host, size, storageClass, tls, image: registryImage },
    nodePort: nodePort === undefined ? undefined : Number(nodePort),
  });
  const parsed = registryDeployment.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UsageError(message("cliRegistryDeploy.wrong", { field: issue?.path.join(".") ?? "" }));
}

async function apply(
  { client, output, ending }: CommandSession,
  input: StreamInput<"registryDeployment.apply">,
): Promise<void> {
  let last: DeployProgress | undefined;
  let noted = 0;
  await client.follow(
    "registryDeployment.apply",
    input,
    (item) => {
      last = item;
      for (const { said } of item.notes.slice(noted)) output.say(output.text(said));
      noted = item.notes.length;
      const step = output.text(message(`cliRegistryStep.${item.step}`));
      const waits = item.waitsFor === undefined ? "" : ` (${output.text(item.waitsFor)})`;
      output.progress(item.state === "done" ? 1 : item.fraction, `${step}${waits}`, item);
      return item.state !== "running";
    },
    ending,
  );
  if (ending.aborted) throw new Interrupted();
  if (last?.problem !== undefined) throw FlowdeckError.from(last.problem);
}

function planLines(plan: DeployPlan, output: Output): string[] {
  const changes = plan.changes.flatMap(({ object, what, fields }) => [
    `${what === "create" ? "+" : "~"} ${object.kind} ${object.namespace ? `${object.namespace}/` : ""}${object.name}`,
    ...fields.map(({ path, was, becomes }) => `    ${path}: ${was ?? ""} → ${becomes ?? ""}`),
  ]);
  const head = [message("cliRegistryDeploy.headNodes"), message("cliRegistryDeploy.headPods")].map(output.text);
  return [
    ...table(head, [[plan.host, plan.service]]),
    ...(changes.length === 0 ? [output.text(message("cliRegistryDeploy.unchanged"))] : changes),
    ...plan.warnings.map((one) => `! ${output.text(one)}`),
  ];
}

function deployedLine({ settings, host, isReady, waitsFor }: DeployedRegistry, output: Output): string {
  const state = isReady ? message("cliRegistryDeploy.ready") : (waitsFor ?? message("cliRegistryDeploy.starting"));
  return `${settings.namespace}/${settings.name}  ${host}  ${output.text(state)}`;
}

/** What to write on the nodes, to be copied from the terminal. */
function recipeLines(recipes: readonly NodeRecipe[], output: Output): string[] {
  return recipes.flatMap(({ version, nodes, files, commands, notes }) => [
    output.text(message("cliRegistryDeploy.nodes", { version, nodes: nodes.join(", ") })),
    ...notes.map((note) => `  ${output.text(note)}`),
    ...files.flatMap(({ path, content, how }) => [
      output.text(message(`cliRegistryFile.${how}`, { path })),
      ...content
        .trimEnd()
        .split("\n")
        .map((line) => `    ${line}`),
    ]),
    ...commands.map((line) => `  $ ${line}`),
  ]);
}
