import { resolve } from "node:path";
import type { InspectedImage, MirrorProgress, RegistryLimit } from "../../common/contract/index.ts";
import { type Message, message } from "../../common/words/cli.ts";
import type { LocalizedCommand } from "../app/index.ts";
import { firstRelease } from "./install-settings.ts";
import { type Output, table } from "./output.ts";
import { type CommandSession, Interrupted, runCommand } from "./session.ts";

interface SourceOptions {
  release: string;
  kfDir?: string;
}

/** flowdeck images list | check | mirror */
export function addImageCommands(program: LocalizedCommand): void {
  const text = (said: Message) => program.text(said);
  const images = program.command("images").description(text(message("cliRegistries.imagesHelp")));
  const add = (name: string, said: Message) =>
    images
      .command(name)
      .description(text(said))
      .option("--release <id>", text(message("cliHelp.release")), firstRelease)
      .option("--kf-dir <folder>", text(message("cliRegistries.kfDir")));

  add("list", message("cliRegistries.imagesList")).action((options: SourceOptions, command: LocalizedCommand) =>
    runCommand(command, async (session) => {
      const list = await listed(session, options);
      const lines = list.flatMap(({ image, places }) => [image, ...places.map((place) => `    ${place}`)]);
      session.output.result("images", { images: list }, lines);
    }),
  );

  add("check", message("cliRegistries.imagesCheck"))
    .option("--head", text(message("cliRegistries.head")), false)
    .action((options: SourceOptions & { head: boolean }, command: LocalizedCommand) =>
      runCommand(command, async (session) => {
        const list = (await listed(session, options)).map(({ image }) => image);
        await check(session, list, options.head);
      }),
    );

  add("mirror", message("cliRegistries.imagesMirror"))
    .requiredOption("--to <registry/path>", text(message("cliRegistries.to")))
    .option("--platform <platform>", text(message("cliRegistries.platform")), (one, all: string[]) => [...all, one], [])
    .action((options: SourceOptions & { to: string; platform: string[] }, command: LocalizedCommand) =>
      runCommand(command, async (session) => {
        const list = (await listed(session, options)).map(({ image }) => image);
        await mirror(session, { images: list, prefix: options.to.replace(/\/+$/, ""), platforms: options.platform });
      }),
    );
}

async function listed({ client, ending }: CommandSession, { release, kfDir }: SourceOptions) {
  const asked = kfDir === undefined ? { release } : { kfDir: resolve(kfDir) };
  return (await client.call("images.list", asked, ending)).images;
}

async function check({ client, output, ending }: CommandSession, images: string[], head: boolean): Promise<void> {
  let found: InspectedImage[] = [];
  const told = new Told(output);
  await client.follow(
    "images.inspect",
    { images, head },
    (item) => {
      found = item.images;
      told.limits(item.limits);
      const label = output.text(message("cliRegistries.checked", { done: found.length, all: images.length }));
      output.progress(images.length === 0 ? 1 : found.length / images.length, label, { done: found.length });
      return item.state === "done";
    },
    ending,
  );
  if (ending.aborted) throw new Interrupted();
  const rows = found.map(({ image, platforms, problem }) => [
    image,
    platforms.map(({ platform }) => platform).join(" "),
    problem === undefined ? platforms.map(({ size }) => megabytes(size)).join(" ") : problem.code,
  ]);
  const columns = [
    message("cliRegistries.headImage"),
    message("cliRegistries.headPlatforms"),
    message("cliRegistries.headSize"),
  ];
  output.result("images", { images: found }, table(columns.map(output.text), rows));
  for (const { problem } of found) if (problem !== undefined) output.error(problem);
  if (found.some(({ problem }) => problem !== undefined)) process.exitCode = 1;
}

async function mirror(
  { client, output, ending }: CommandSession,
  input: { images: string[]; prefix: string; platforms: string[] },
): Promise<void> {
  let last: MirrorProgress | undefined;
  const told = new Told(output);
  await client.follow(
    "images.mirror",
    input,
    (item) => {
      last = item;
      told.limits(item.limits);
      const all = item.images.length;
      output.progress(all === 0 ? 1 : done(item) / all, output.text(totals(item)), { done: done(item), all });
      return item.state === "done";
    },
    ending,
  );
  if (ending.aborted) throw new Interrupted();
  if (last === undefined) return;
  output.result("mirror", last, [output.text(totals(last))]);
  for (const { problem } of last.images) if (problem !== undefined) output.error(problem);
  if (done(last) < last.images.length) process.exitCode = 1;
}

function done({ images }: MirrorProgress): number {
  return images.filter(({ state }) => state === "copied" || state === "present").length;
}

function totals(progress: MirrorProgress): Message {
  const { blobsSent = 0, bytesSent = 0 } = progress.summary ?? {};
  return message("cliRegistries.mirrored", {
    ...{ done: done(progress), all: progress.images.length },
    ...{ blobs: blobsSent, size: megabytes(bytesSent) },
  });
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}

/** Says once when a registry answers again. */
class Told {
  readonly #output: Output;
  readonly #said = new Set<string>();

  constructor(output: Output) {
    this.#output = output;
  }

  limits(limits: readonly RegistryLimit[]): void {
    for (const { host, until } of limits) {
      if (until === undefined || this.#said.has(`${host} ${until}`)) continue;
      this.#said.add(`${host} ${until}`);
      this.#output.say(this.#output.text(message("cliRegistries.waiting", { host, time: until })));
    }
  }
}
