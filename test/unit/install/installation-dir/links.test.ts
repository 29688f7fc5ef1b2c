import { mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { InstallLog } from "../../../../electron/install/installation-dir/install-log.ts";
import { InstallationFolder } from "../../../../electron/install/installation-dir/installation-dir.ts";
import { JournalWriter, readJournal } from "../../../../electron/install/installation-dir/journal.ts";
import { planningSecrets } from "../../../../electron/install/installation-dir/secrets.ts";
import { failure, object, settings, temporaryFolders } from "../support.ts";

const temporary = temporaryFolders();

/** A KF_DIR as git may bring it: `name` in it is a link to `to`, in a folder beside. */
async function linked(name: string, to: "file" | "folder") {
  const baseDir = await temporary();
  const kfDir = join(baseDir, "kf");
  const outside = join(baseDir, "outside");
  await mkdir(join(outside, "folder"), { recursive: true });
  await writeFile(join(outside, "file"), "theirs\n");
  for (const file of ["a.yaml", "app.yaml"]) await writeFile(join(outside, "folder", file), "theirs\n");
  await mkdir(dirname(join(kfDir, name)), { recursive: true });
  await writeFile(join(kfDir, "flowdeck.yaml"), "");
  if (name === "flowdeck.yaml") await rm(join(kfDir, name));
  await symlink(join(outside, to), join(kfDir, name));
  const untouched = async () => {
    expect(await readFile(join(outside, "file"), "utf8")).toBe("theirs\n");
    expect(await readdir(join(outside, "folder"))).toEqual(["a.yaml", "app.yaml"]);
    for (const file of ["a.yaml", "app.yaml"])
      expect(await readFile(join(outside, "folder", file), "utf8")).toBe("theirs\n");
  };
  return { kfDir, untouched, folder: new InstallationFolder(kfDir), settings: settings({ baseDir, name: "kf" }) };
}

const component = { id: "app", objects: [object("ConfigMap", "one")] };

describe("a KF_DIR with a link in it", () => {
  it.each([
    ["flowdeck.yaml", "file"],
    [".flowdeck", "folder"],
    [".flowdeck/.gitignore", "file"],
    [".flowdeck/journal.jsonl", "file"],
    [".flowdeck/log.jsonl", "file"],
    [".flowdeck/lock", "file"],
    [".flowdeck/rendered.json", "file"],
    ["rendered", "folder"],
    ["rendered/app.yaml", "file"],
  ] as const)("is not taken where %s is one, and what it leads to stays", async (name, to) => {
    const { kfDir, folder, untouched } = await linked(name, to);
    const error = await failure("folder-unusable", folder.create());
    expect(error.message).toContain(`${join(kfDir, name)} is a link to another place`);
    await failure("folder-unusable", folder.refuseLinks());
    await untouched();
  });

  it("has no settings, journal, log or lock read or written through it", async () => {
    const yaml = await linked("flowdeck.yaml", "file");
    await failure("folder-unusable", yaml.folder.readSettings());
    await failure("folder-unusable", yaml.folder.writeSettings(yaml.settings));
    await yaml.untouched();
    const journal = await linked(".flowdeck/journal.jsonl", "file");
    await failure("folder-unusable", readJournal(journal.kfDir));
    await failure("folder-unusable", JournalWriter.open(journal.kfDir));
    await journal.untouched();
    const log = await linked(".flowdeck/log.jsonl", "file");
    const written = new InstallLog(log.kfDir);
    await failure("folder-unusable", written.load());
    written.add({ level: "info", event: "step", said: "one" });
    await written.flush();
    await log.untouched();
    const lock = await linked(".flowdeck/lock", "file");
    await failure("folder-unusable", lock.folder.lock());
    await lock.untouched();
  });

  it("has nothing rendered or removed through it", async () => {
    for (const [name, to] of [
      ["rendered", "folder"],
      ["rendered/app.yaml", "file"],
    ] as const) {
      const { kfDir, folder, untouched } = await linked(name, to);
      await mkdir(join(kfDir, ".flowdeck"), { recursive: true });
      await writeFile(join(kfDir, ".flowdeck/rendered.json"), JSON.stringify(["a.yaml", "app.yaml"]));
      await failure("folder-unusable", folder.writeRendered([component], await planningSecrets()));
      await failure("folder-unusable", folder.removeRendered());
      await untouched();
    }
  });

  it("keeps what others put into rendered/, and a list that names a way out removes nothing", async () => {
    const baseDir = await temporary();
    const folder = new InstallationFolder(join(baseDir, "kf"));
    await folder.create();
    const rendered = join(baseDir, "kf/rendered");
    await folder.writeRendered([component, { ...component, id: "other" }], await planningSecrets());
    await writeFile(join(rendered, "mine.yaml"), "mine\n");
    await folder.writeRendered([component], await planningSecrets());
    expect(await readdir(rendered)).toEqual(["app.yaml", "mine.yaml"]);
    await folder.removeRendered();
    expect(await readdir(rendered)).toEqual(["mine.yaml"]);
    const precious = join(baseDir, "precious.yaml");
    await writeFile(precious, "");
    await writeFile(join(baseDir, "kf/.flowdeck/rendered.json"), JSON.stringify(["../../precious.yaml", "mine.yaml"]));
    await folder.removeRendered();
    expect(await readFile(precious, "utf8")).toBe("");
    expect(await readdir(rendered)).toEqual(["mine.yaml"]);
  });
});

describe("a flowdeck.yaml from elsewhere", () => {
  it.each([
    [
      "an alias bomb",
      `a: &a [x,x]\n${[..."bcdefghijk"].map((k, i) => `${k}: &${k} [*${"abcdefghij"[i]},*${"abcdefghij"[i]}]\n`).join("")}`,
      "aliases are not allowed",
    ],
    ["a key twice", "version: 1\nid: aaaaaaaa\nid: bbbbbbbb\n", 'line 3: "id" appears twice'],
    [
      "12 000 keys",
      `version: 1\nimages:\n${Array.from({ length: 12_000 }, (_, i) => `  image-${i}: b\n`).join("")}`,
      "line",
    ],
    ["more than a file of settings has", `# ${"x".repeat(300_000)}\n`, "larger than"],
  ])("with %s is refused at once, with words", async (_what, text, words) => {
    const kfDir = join(await temporary(), "kf");
    await mkdir(kfDir);
    await writeFile(join(kfDir, "flowdeck.yaml"), text);
    const began = performance.now();
    const error = await new InstallationFolder(kfDir).readSettings().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ name: "FlowdeckError", message: expect.stringContaining(words) });
    expect(performance.now() - began).toBeLessThan(5000);
  });
});
