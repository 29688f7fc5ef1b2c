import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { makeWorkingCopy } from "../../../../electron/install/render/working-copy.ts";
import { temporaryFolders } from "../support.ts";

const folder = temporaryFolders();

it("never writes through a link to a verified file, or to one of the user's mirror", async () => {
  const [place, release, mirror] = await Promise.all([folder(), folder(), folder()]);
  await mkdir(join(release, "app"));
  await writeFile(join(release, "app/kustomization.yaml"), "resources: []\n");
  const source = async (name: string) => {
    const path = join(mirror, name);
    await writeFile(path, `# ${name}\n`);
    return { spec: { id: "base", kind: "file" as const, url: `https://example.org/${name}` }, path, content: name };
  };
  const root = {
    spec: { id: "root", kind: "archive" as const, url: "https://example.org/root" },
    path: release,
    content: "r",
  };
  const copy = (file: Awaited<ReturnType<typeof source>>) => makeWorkingCopy(place, root, [file], [], ["app"]);
  const [old, next] = [await source("old.yaml"), await source("new.yaml")];
  await copy(old);
  await expect(copy(next)).rejects.toMatchObject({ code: "EEXIST" });
  expect(await readFile(old.path, "utf8")).toBe("# old.yaml\n");
});
