import { expect, test } from "vitest";
import { commandLines } from "../../../electron/install/commands.ts";
import { Catalogue } from "../../../electron/install/release/catalogue.ts";
import { assetsDir, settings } from "./support.ts";

const catalogue = new Catalogue(assetsDir);
const own = settings({ name: "handson-kubeflow", baseDir: "/home/ann", release: "1.0", auth: "standard" });

test("a KfDef's steps are the lines that a kfctl user knows, with the program's name replaced", async () => {
  const release = await catalogue.get("1.0");
  const lines = (step: Parameters<typeof commandLines>[0], more = {}) =>
    commandLines(step, { settings: { ...own, ...more }, release, contextName: "school" });
  expect(lines("settings")).toEqual([
    "export KF_NAME=handson-kubeflow",
    "export BASE_DIR=/home/ann",
    'export KF_DIR="$BASE_DIR/$KF_NAME"',
    `export CONFIG_URI=${release.kfdef?.standard}`,
    'export CONFIG_FILE="$KF_DIR/$(basename "$CONFIG_URI")"',
  ]);
  expect(lines("install").slice(-3)).toEqual([
    'mkdir -p "$KF_DIR" && cd "$KF_DIR"',
    'npx flowdeck kfdef build -V -f "$CONFIG_URI"',
    'npx flowdeck kfdef apply -V -f "$CONFIG_FILE" --context school',
  ]);
  const unchanged = { kfdef: { configUri: "/home/ann/own.yaml", modernise: false } };
  expect(lines("install", unchanged).at(-1)).toContain(" --no-modernise");
  expect(lines("settings", unchanged)).toContain("export CONFIG_URI=/home/ann/own.yaml");
  expect(lines("settings", { auth: "dex" })).toContain(`export CONFIG_URI=${release.kfdef?.dex}`);
  expect(lines("done").at(-1)).toBe('npx flowdeck kfdef delete -f "$CONFIG_FILE" --context school');
});

test("another release's steps stay as they were", async () => {
  const release = await catalogue.get("starter");
  const lines = commandLines("install", { settings: settings({ release: "starter" }), release, contextName: "c" });
  expect(lines.join("\n")).toContain("npx flowdeck install --release starter");
  expect(lines.join("\n")).not.toContain("kfdef");
});
