import { createHash, randomUUID } from "node:crypto";
import type { Operation } from "./operation.ts";

/** The journal's line that opens a run. */
export function runEntry({ request, settings, release, client, cluster, id, statusStore }: Omit<Operation, "lease">) {
  const { activity, context, data = false, others = false, upgrade } = request;
  return {
    t: "run" as const,
    v: 1 as const,
    run: randomUUID(),
    activity,
    ...(activity === "uninstall" ? { data, others } : {}),
    ...(upgrade ? { upgrade } : {}),
    installation: id,
    release: release.id,
    title: statusStore.title,
    context,
    contextName: client.contextName,
    server: client.server,
    cluster,
    settings: createHash("sha256").update(JSON.stringify(settings)).digest("hex"),
    pid: process.pid,
  };
}
