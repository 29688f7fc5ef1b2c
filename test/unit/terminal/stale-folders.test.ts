import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { removeStaleFolders } from "../../../electron/terminal/local.ts";

it("removes what a killed process left, and nothing of one that lives", async () => {
  const folder = await mkdtemp(join(tmpdir(), "terminals-"));
  try {
    const { pid } = spawnSync(process.execPath, ["--version"]);
    for (const owner of [pid, process.pid]) {
      await mkdir(join(folder, `${owner}-session`));
      await writeFile(join(folder, `${owner}-session`, "kubeconfig"), "token: secret");
    }
    await removeStaleFolders(folder);
    expect(await readdir(folder)).toEqual([`${process.pid}-session`]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
