/**
 * A process to be killed: installs a release and says how far it is. Arguments: kubeconfig, folder, release, name, and
 * `upgrade` where the folder's installation is changed to the release, with consent to all that has to be recreated.
 */
import { createTools } from "../../electron/tools/index.ts";
import { allComponents, openInstallRoom } from "./install-support.ts";

const [kubeconfig = "", folder = "", release = "", name = "", how = ""] = process.argv.slice(2);
const room = await openInstallRoom(kubeconfig, createTools(), { folder });
const settings = room.settings(release, name, { components: await allComponents(room.installer, release) });
if (how === "upgrade") {
  const { id, upgrade } = await room.plan(settings, { upgrade: true });
  const consents = upgrade?.changed.flatMap(({ key, recreate }) => (recreate ? [key] : [])) ?? [];
  await room.installer.start(id, { upgrade: { consents, prune: [] } });
} else await room.install(settings, { password: "correct horse battery" });
for await (const status of room.installer.watch(room.kfDir(name), new AbortController().signal)) {
  process.stdout.write(`${status.objects.done}\n`);
}
