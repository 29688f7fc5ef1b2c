import { spawn } from "node:child_process";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { childEnvironment } from "./child-environment.ts";
import { startPageFolder, writeStartPage } from "./start-page.ts";

/**
 * Opens a start link in the user's browser. It holds a secret, so the browser is given a page on disk that leads to it;
 * on Windows, where other users read no command lines, the link itself.
 * @returns what takes the page away again, once it has been read; undefined when no browser was asked
 */
export async function openStartLink(
  link: string,
  { env, dataDir }: { env: NodeJS.ProcessEnv; dataDir: string },
): Promise<(() => Promise<void>) | undefined> {
  const nothing = () => Promise.resolve();
  if (process.platform === "win32") return (await openBrowser(link, env)) ? nothing : undefined;
  if ((await opener(env)) === undefined) return undefined;
  const page = await writeStartPage(link, startPageFolder(dataDir));
  if (await openBrowser(page.url, env)) return page.remove;
  await page.remove();
  return undefined;
}

/**
 * Opens an address in the user's browser.
 * @returns whether a browser was asked; on Linux only where there is a display (xdg-open would start a text browser)
 */
async function openBrowser(url: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const command = await opener(env);
  if (command === undefined) return false;
  const [file, ...args] = command;
  return new Promise((resolve) => {
    const child = spawn(file, [...args, url], { detached: true, stdio: "ignore", env: childEnvironment(env) });
    child.once("error", () => resolve(false));
    child.once("spawn", () => {
      child.unref();
      resolve(true);
    });
  });
}

export function hasDisplay(env: NodeJS.ProcessEnv): boolean {
  return process.platform !== "linux" || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

async function opener(env: NodeJS.ProcessEnv): Promise<[string, ...string[]] | undefined> {
  if (process.platform === "darwin") return ["/usr/bin/open"];
  // Not `cmd /c start`: a shell would read the address's & as its own.
  if (process.platform === "win32") return ["rundll32.exe", "url.dll,FileProtocolHandler"];
  if (!hasDisplay(env)) return undefined;
  for (const folder of (env.PATH ?? "").split(delimiter).filter((part) => part.startsWith("/"))) {
    const file = join(folder, "xdg-open");
    try {
      await access(file, constants.X_OK);
      return [file];
    } catch {
      // not in this folder: the next one is looked at
    }
  }
  return undefined;
}
