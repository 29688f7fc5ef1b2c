/** A process to be killed: installs a release and says how far it is. Arguments: kubeconfig, folder, release, name. */
import { createTools } from "../../electron/tools/index.ts";
import { allComponents, openInstallRoom } from "./install-support.ts";

const [kubeconfig = "", folder = "", release = "", name = ""] = process.argv.slice(2);
const room = await openInstallRoom(kubeconfig, createTools(), { folder });
const components = await allComponents(room.installer, release);
await room.install(room.settings(release, name, { components }), {
  password: "correct horse battery",
});
for await (const status of room.installer.watch(room.kfDir(name), new AbortController().signal)) {
  process.stdout.write(`${status.objects.done}\n`);
}
