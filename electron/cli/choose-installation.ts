import { resolve } from "node:path";
import type { InstallationEntry } from "../../common/contract/index.ts";
import type { LocalClient } from "./local-client.ts";
import { UsageError } from "./session.ts";

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
        ? "Nothing is installed from here. Give the installation's folder (KF_DIR)."
        : `Say which one: ${known.map((entry) => entry.kfDir).join(", ")}`,
    );
  }
  const found = known.filter((entry) => entry.name === named || entry.kfDir === resolve(named));
  const [only] = found;
  if (found.length > 1) {
    throw new UsageError(`More than one is named ${named}. Give its folder: ${found.map((e) => e.kfDir).join(", ")}`);
  }
  return only === undefined ? { kfDir: resolve(named) } : { kfDir: only.kfDir, entry: only };
}
