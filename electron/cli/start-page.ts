import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** A page on disk that leads on to an address. */
export interface StartPage {
  /** Its own address, a file: URL, which tells nothing to whoever reads a command line. */
  readonly url: string;
  remove(): Promise<void>;
}

/**
 * Writes a page that leads to `link`, for this user's eyes only: a program's arguments can be read by every user of the
 * machine, a file in a private folder cannot.
 * @param folder where its private folder is made
 */
export async function writeStartPage(link: string, folder: string): Promise<StartPage> {
  const own = await mkdtemp(join(folder, "flowdeck-start-")); // mkdtemp makes it for its user only
  const file = join(own, "open.html");
  await writeFile(file, html(link), { mode: 0o600, flag: "wx" });
  return { url: pathToFileURL(file).href, remove: () => rm(own, { recursive: true, force: true }) };
}

/** Browsers that come as a snap see no hidden folder, nor /tmp: where snaps are, the page is put into the home folder. */
export function startPageFolder(dataDir: string, snaps = existsSync("/snap/bin")): string {
  return snaps ? homedir() : dataDir;
}

function html(link: string): string {
  const address = link.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url=${address}"><title>Flowdeck</title><a href="${address}">Flowdeck</a></html>
`;
}
