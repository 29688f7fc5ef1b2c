import { mkdtemp, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { readAppOptions } from "../../../electron/app/app-options.ts";
import { childEnvironment } from "../../../electron/cli/child-environment.ts";
import { announceInstance, linkFromRunning, newInstanceKey } from "../../../electron/cli/running-instance.ts";
import { backendOf, serveWeb } from "../host/support.ts";

describe("how the app is started", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "flowdeck-options-"));
  });

  it("makes the data folder for its user only, and takes a mirror and kubeconfigs that are there", async () => {
    await writeFile(join(folder, "sources.json"), "{}");
    await writeFile(join(folder, "a"), "");
    await writeFile(join(folder, "b"), "");
    const kubeconfig = [join(folder, "a"), join(folder, "b")].join(delimiter);
    const options = await readAppOptions({ dataDir: join(folder, "x", "data"), mirror: folder, kubeconfig }, {});
    expect(options).toMatchObject({ mirror: folder, kubeconfigs: [join(folder, "a"), join(folder, "b")] });
    expect((await stat(options.dataDir)).mode & 0o777).toBe(0o700);
  });

  it.each([
    ["a mirror without sources.json", () => ({ mirror: folder }), "mirror-missing"],
    ["a mirror that is not there", () => ({ mirror: join(folder, "none") }), "mirror-missing"],
    ["a kubeconfig that is not there", () => ({ kubeconfig: join(folder, "none") }), "kubeconfig-missing"],
    ["a folder as kubeconfig", () => ({ kubeconfig: folder }), "kubeconfig-missing"],
  ])("says what is wrong with %s", async (_, raw, code) => {
    const failing = readAppOptions({ dataDir: folder, ...raw() }, {});
    await expect(failing).rejects.toMatchObject({ code, message: expect.stringContaining(folder) });
  });

  it("says what is wrong with a data folder whose place is taken by a file", async () => {
    await writeFile(join(folder, "file"), "");
    const failing = readAppOptions({ dataDir: join(folder, "file", "data") }, {});
    await expect(failing).rejects.toMatchObject({
      code: "folder-unusable",
      advice: [expect.objectContaining({ id: "appStart.chooseDataFolder" })],
    });
  });

  it("keeps variables that would load foreign code from the programs it starts", () => {
    const env = {
      PATH: "/bin",
      HOME: "/h",
      LD_PRELOAD: "x",
      NODE_OPTIONS: "x",
      DYLD_INSERT_LIBRARIES: "x",
      NODE_CHANNEL_FD: "3",
    };
    expect(childEnvironment(env)).toEqual({ PATH: "/bin", HOME: "/h" });
  });

  it("finds the host that runs on its data folder, until it has ended", async () => {
    expect(await linkFromRunning(folder)).toBeUndefined();
    const key = newInstanceKey();
    const host = await serveWeb(backendOf({}), { instanceKey: key });
    const withdraw = await announceInstance(folder, host.port, key);
    expect((await stat(join(folder, "host.json"))).mode & 0o777).toBe(0o600);
    const link = await linkFromRunning(folder);
    expect(link).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${host.port}/start\\?token=`));
    expect((await fetch(link ?? "", { redirect: "manual" })).status).toBe(200);
    await host.close();
    expect(await linkFromRunning(folder)).toBeUndefined();
    await withdraw();
    await expect(stat(join(folder, "host.json"))).rejects.toThrow("ENOENT");
  });

  it("is not fooled by another program on the port that a crashed host left", async () => {
    const host = await serveWeb(backendOf({}), { instanceKey: "another's" });
    await announceInstance(folder, host.port, newInstanceKey());
    expect(await linkFromRunning(folder)).toBeUndefined();
    await host.close();
  });
});
