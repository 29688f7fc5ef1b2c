import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import bundled from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";

const installedNames = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];
const installedPlaces = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** Flags of the package that would hide what a page may not do, or end every page when one ends. */
const unwantedFlags = new Set([
  "--disable-web-security",
  "--allow-running-insecure-content",
  "--disable-site-isolation-trials",
  "--single-process",
]);

/**
 * A headless browser for end-to-end tests and pictures: FLOWDECK_BROWSER if set, else one that is installed, else the
 * one that the npm package @sparticuz/chromium unpacks (Linux, x64). Throws with the reason when none can be run.
 */
export async function launchBrowser(): Promise<Browser> {
  const installed = process.env.FLOWDECK_BROWSER ?? (await findInstalled());
  if (installed !== undefined) {
    // Chromium's own sandbox needs user namespaces or a setuid helper, which containers and root do not have.
    const sandboxed = process.platform !== "linux" || process.getuid?.() !== 0;
    return chromium.launch({ executablePath: installed, headless: true, chromiumSandbox: sandboxed });
  }
  if (process.platform !== "linux") {
    throw new Error("No browser was found. Install Chrome or Chromium, or set FLOWDECK_BROWSER to its path.");
  }
  bundled.setGraphicsMode = false;
  const args = bundled.args.filter((flag) => !unwantedFlags.has(flag));
  return chromium.launch({ executablePath: await bundled.executablePath(), args, headless: true });
}

/** Undefined when a browser can be launched here, else why not. */
export async function browserProblem(): Promise<string | undefined> {
  try {
    await (await launchBrowser()).close();
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.message.split("\n")[0] ?? error.message) : String(error);
  }
}

async function findInstalled(): Promise<string | undefined> {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const places = [...installedNames.flatMap((name) => folders.map((folder) => join(folder, name))), ...installedPlaces];
  for (const place of places) {
    if (await isExecutable(place)) return place;
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false; // not there, or not ours to run: the next place is looked at
  }
}
