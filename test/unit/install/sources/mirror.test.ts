import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openMirror } from "../../../../electron/install/sources/mirror.ts";
import { below, failure, temporaryFolders } from "../support.ts";

const folder = temporaryFolders();
const url = "https://example.org/a.tar.gz";

async function mirrorWith(sources: string) {
  const place = await folder();
  await writeFile(join(place, "sources.json"), sources);
  return place;
}

describe("a mirror", () => {
  it("gives the file of an address, and nothing for one it does not know", async () => {
    const place = await mirrorWith(JSON.stringify({ [url]: "sub/a.tar.gz" }));
    await mkdir(join(place, "sub"));
    await writeFile(join(place, "sub/a.tar.gz"), "");
    const mirror = await openMirror(place);
    expect(await mirror.find(url)).toBe(join(place, "sub/a.tar.gz"));
    expect(await mirror.find("https://example.org/other")).toBeUndefined();
    expect(await mirror.find("constructor")).toBeUndefined();
  });

  it("that is not there says so, with its folder and what to do", async () => {
    const error = await failure("mirror-missing", openMirror("/no/such/mirror"));
    expect(error.message).toContain("/no/such/mirror");
    expect(below(error)).toContain("--mirror");
  });

  it("that is a file, or has no sources.json, says so", async () => {
    const place = await folder();
    expect((await failure("mirror-missing", openMirror(place))).message).toContain("no sources.json");
    await writeFile(join(place, "file"), "");
    expect((await failure("mirror-missing", openMirror(join(place, "file")))).message).toContain("not a folder");
  });

  it.each([
    ["is not JSON", "{ broken", /is not JSON/],
    ["is a list", "[1]", /does not map/],
    ["maps to something else than names", '{"https://x": 3}', /https:\/\/x/],
  ])("whose sources.json %s is invalid", async (_what, text, why) => {
    expect((await failure("mirror-invalid", openMirror(await mirrorWith(text)))).message).toMatch(why);
  });

  it.each(["../outside", "/etc/passwd", "sub/../../outside"])("may not point at %s", async (name) => {
    const mirror = await openMirror(await mirrorWith(JSON.stringify({ [url]: name })));
    expect((await failure("mirror-invalid", mirror.find(url))).message).toContain(name);
  });

  it("may not point outside through a link", async () => {
    const place = await mirrorWith(JSON.stringify({ [url]: "link" }));
    await symlink("/etc/hostname", join(place, "link"));
    await failure("mirror-invalid", (await openMirror(place)).find(url));
  });

  it("names the file that is missing", async () => {
    const place = await mirrorWith(JSON.stringify({ [url]: "gone.tar.gz" }));
    const error = await failure("mirror-missing", (await openMirror(place)).find(url));
    expect(error.message).toContain(join(place, "gone.tar.gz"));
    expect(error.message).toContain(url);
  });
});
