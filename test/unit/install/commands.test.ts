import { expect, test } from "vitest";
import { commandLines } from "../../../electron/install/commands.ts";
import { releaseDrivers } from "../../../electron/install/drivers/index.ts";
import { type CommandStep, driverOf } from "../../../electron/install/drivers/release-driver.ts";
import { Catalogue } from "../../../electron/install/release/catalogue.ts";
import { createTools } from "../../../electron/tools/index.ts";
import { assetsDir, settings } from "./support.ts";

const drivers = releaseDrivers({ tools: createTools(), dataDir: "/x", assetsDir });
const catalogue = new Catalogue(assetsDir);
const own = settings({ name: "handson-kubeflow", baseDir: "/home/ann", release: "1.0", auth: "standard" });

test("a KfDef's steps are the lines that a kfctl user knows, with the program's name replaced", async () => {
  const release = await catalogue.get("1.0");
  const lines = (step: CommandStep, more = {}) =>
    commandLines(driverOf(drivers, release), step, { settings: { ...own, ...more }, release, contextName: "school" });
  expect(lines("settings")).toEqual([
    "export KF_NAME=handson-kubeflow",
    "export BASE_DIR=/home/ann",
    'export KF_DIR="$BASE_DIR/$KF_NAME"',
    `export CONFIG_URI=${release.kfdef?.standard}`,
    'export CONFIG_FILE="$KF_DIR/$(basename "$CONFIG_URI")"',
  ]);
  expect(lines("install").slice(-3)).toEqual([
    'mkdir -p "$KF_DIR" && cd "$KF_DIR"',
    'flowdeck kfdef build -V -f "$CONFIG_URI"',
    'flowdeck kfdef apply -V -f "$CONFIG_FILE" --context school',
  ]);
  const unchanged = { kfdef: { configUri: "/home/ann/own.yaml", modernise: false } };
  expect(lines("install", unchanged).at(-1)).toContain(" --no-modernise");
  expect(lines("settings", unchanged)).toContain("export CONFIG_URI=/home/ann/own.yaml");
  expect(lines("settings", { auth: "dex" })).toContain(`export CONFIG_URI=${release.kfdef?.dex}`);
  expect(lines("done").at(-1)).toBe('flowdeck kfdef delete -f "$CONFIG_FILE" --context school');
});

test("they run this very program, and never what lies in KF_DIR or a registry", async () => {
  const releases = await Promise.all(["1.0", "starter"].map((id) => catalogue.get(id)));
  for (const release of releases)
    for (const step of ["cluster", "settings", "components", "plan", "install", "done"] as const) {
      const input = { settings: { ...own, release: release.id }, release, contextName: "c" };
      const lines = commandLines(driverOf(drivers, release), step, {
        ...input,
        program: "/opt/it's here/bin/flowdeck.js",
      });
      expect(lines.join("\n")).not.toContain("npx");
      const used = lines.findIndex((line) => line.startsWith("flowdeck "));
      const defined = lines.findIndex((line) => line.startsWith("flowdeck()"));
      if (used === -1) continue;
      expect(lines[defined]).toBe(`flowdeck() { node '/opt/it'\\''s here/bin/flowdeck.js' "$@"; }`);
      expect(defined).toBeLessThan(used);
    }
});

test("another release's steps stay as they were", async () => {
  const release = await catalogue.get("starter");
  const lines = commandLines(driverOf(drivers, release), "install", {
    settings: settings({ release: "starter" }),
    release,
    contextName: "c",
  });
  expect(lines.join("\n")).toContain("flowdeck install --release starter");
  expect(lines.join("\n")).not.toContain("kfdef");
});
