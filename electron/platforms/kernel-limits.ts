import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { KernelLimit } from "../../common/contract/index.ts";

/** What Kubeflow's own instructions for a cluster in containers set: github.com/kubeflow/manifests, "Prerequisites". */
const needed = { max_user_instances: 2280, max_user_watches: 1_255_360 };

/** The kernel's limits on watched files that all nodes in containers share. Empty where there are none: no Linux. */
export async function readKernelLimits(folder = "/proc/sys/fs/inotify"): Promise<KernelLimit[]> {
  const limits = await Promise.all(
    Object.entries(needed).map(async ([file, least]) => {
      const value = await readFile(join(folder, file), "utf8").then(Number, () => undefined);
      const name = `fs.inotify.${file}`;
      return value === undefined || Number.isNaN(value)
        ? []
        : [{ name, value, needed: least, command: `sudo sysctl ${name}=${least}` }];
    }),
  );
  return limits.flat();
}
