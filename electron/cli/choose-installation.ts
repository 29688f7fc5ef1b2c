import { resolve } from "node:path";
import type { InstallationEntry } from "../../common/contract/index.ts";
import { message } from "../../common/words/cli.ts";
import type { LocalClient } from "./local-client.ts";
import { UsageError } from "./usage-error.ts";

/**
 * The installation that a command is about: named by its folder or its name, or the only one there is. A folder this
 * app does not know yet (cloned from git) is taken by its path.
 */
export async function chooseInstallation(
  client: LocalClient,
  named: string | undefined,
): Promise<{ kfDir: string; entry?: InstallationEntry }> {
  const known = await client.call("install.list", {});
  if (named === undefined) {
    const [only] = known;
    if (only !== undefined && known.length === 1) return { kfDir: only.kfDir, entry: only };
    throw new UsageError(
      known.length === 0
        ? message("cliUsage.nothingInstalled")
        : message("cliUsage.whichInstallation", { folders: foldersOf(known) }),
    );
  }
  const found = known.filter((entry) => entry.name === named || entry.kfDir === resolve(named));
  const [only] = found;
  if (found.length > 1) {
    throw new UsageError(message("cliUsage.installationTwice", { name: named, folders: foldersOf(found) }));
  }
  return only === undefined ? { kfDir: resolve(named) } : { kfDir: only.kfDir, entry: only };
}

function foldersOf(entries: readonly InstallationEntry[]): string {
  return entries.map(({ kfDir }) => kfDir).join(", ");
}
