import { readRendered } from "./drift/read-rendered.ts";
import { InstallationFolder } from "./installation-dir/installation-dir.ts";
import { redact } from "./installation-dir/redact.ts";
import type { SecretStore } from "./installation-dir/secrets.ts";
import type { RecordedInstallation } from "./known-installations.ts";

/**
 * Writes into a folder what its pull secret has now, so that comparing finds nothing and installing again keeps it.
 * `change` makes of what it had what it has; undefined: nothing is different. Throws what the folder throws.
 */
export async function recordPullSecret(
  { kfDir, id, settings }: Pick<RecordedInstallation, "kfDir" | "id" | "settings">,
  store: SecretStore,
  change: (config: string) => string | undefined,
): Promise<void> {
  const folder = new InstallationFolder(kfDir);
  const unlock = await folder.lock();
  try {
    const known = await store.read(id);
    const config = known?.pullSecret === undefined ? undefined : change(known.pullSecret);
    if (known === undefined || config === undefined || settings.pullSecret === undefined) return;
    // The secrets first: files whose digests are of values that are nowhere could not be compared any more.
    const secrets = await store.setPullSecret(id, config);
    const data = { ".dockerconfigjson": Buffer.from(config).toString("base64") };
    for (const { id: component, objects } of await readRendered(kfDir)) {
      const own = objects.filter(({ kind, metadata }) => kind === "Secret" && metadata.name === settings.pullSecret);
      if (own.length === 0) continue;
      const changes = own.map((before) => ({ before, after: redact([{ ...before, data }], secrets)[0] }));
      await folder.changeRendered(component, changes);
    }
  } finally {
    await unlock();
  }
}
