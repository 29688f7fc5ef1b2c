import type { KernelLimit } from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import { type Check, failed, passed } from "../check.ts";

/** Nodes in containers share this computer's kernel, and its limits on watched files. */
export function inotify(readLimits: () => Promise<KernelLimit[]>): Check {
  return {
    id: "inotify",
    level: "should",
    name: message("checks.inotify"),
    of: "plan",
    async run(_world, { platform }) {
      if (!["kind", "k3d", "minikube"].includes(platform)) return undefined;
      const limits = await readLimits();
      const low = limits.filter(({ value, needed }) => value < needed);
      const [first] = low;
      if (limits.length === 0) return undefined;
      if (first === undefined) return passed(message("checks.inotifyOk"));
      const { name } = first;
      // As sysctl writes them, without separators.
      const [value, needed] = [String(first.value), String(first.needed)];
      return failed(message("checks.inotifyLow", { name, value, needed }), {
        evidence: [message("checks.inotifyShows")],
        fix: {
          title: message("checks.inotifyRaise"),
          about: [message("checks.inotifyAbout")],
          lines: low.map(({ command }) => command),
        },
      });
    },
  };
}
