import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { type Message, message } from "../../../common/words/index.ts";
import { downloadUrl, findElectron } from "../../../electron/cli/electron-binary.ts";

describe("Electron's program", () => {
  let folder: string;
  const file = `electron-v45.4.1-${process.platform}-${process.arch}.zip`;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "flowdeck-electron-"));
    await writeFile(join(folder, "package.json"), JSON.stringify({ version: "45.4.1" }));
  });

  it("is fetched from where Electron's installer fetches it", () => {
    expect(downloadUrl(folder, {})).toBe(`https://github.com/electron/electron/releases/download/v45.4.1/${file}`);
    expect(downloadUrl(folder, { ELECTRON_MIRROR: "https://mirror.example/e/" })).toBe(
      `https://mirror.example/e/v45.4.1/${file}`,
    );
    expect(
      downloadUrl(folder, { npm_config_electron_mirror: "https://npm.example/", ELECTRON_MIRROR: "https://b/" }),
    ).toBe(`https://npm.example/v45.4.1/${file}`);
    expect(downloadUrl(folder, { ELECTRON_MIRROR: "https://m/", ELECTRON_CUSTOM_DIR: "{{ version }}" })).toBe(
      `https://m/45.4.1/${file}`,
    );
  });

  it.runIf(process.platform === "linux")("is not asked for without a display", async () => {
    const say = ({ id }: Message) => expect.fail(id);
    expect(await findElectron({}, say, new AbortController().signal)).toEqual({
      missing: message("cliStart.noDisplay"),
    });
  });
});
