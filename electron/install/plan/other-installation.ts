import { FlowdeckError, fixOf } from "../../../common/contract/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import type { ClusterClient } from "../../cluster/index.ts";
import { named } from "../objects.ts";
import { type InstallationRecord, readRecord } from "./installation-record.ts";
import type { Plan, PlanNode } from "./plan-types.ts";

/**
 * Two installations that have the same objects undo each other: the later one's settings win, and removing either leaves
 * the other one broken.
 * @throws FlowdeckError `cluster-in-use` where objects of the plan are another installation's, naming it.
 */
export async function refuseOtherInstallation(client: ClusterClient, plan: Plan, signal: AbortSignal): Promise<void> {
  const owned = plan.nodes.filter(({ owner }) => owner !== undefined);
  if (owned.length === 0) return;
  const others = await Promise.all(
    [...Map.groupBy(owned, ({ owner }) => owner ?? "")].map(async ([id, nodes]) => ({
      ...{ id, nodes },
      record: await readRecord(client, id, signal),
    })),
  );
  throw belongsToOthers(others);
}

/** The error, in words. Pure. */
export function belongsToOthers(
  others: readonly { id: string; nodes: readonly PlanNode[]; record: InstallationRecord | undefined }[],
): FlowdeckError {
  const nodes = others.flatMap((one) => one.nodes);
  const whose = others.map(({ id, record }) => whoIs(id, record));
  return new FlowdeckError("cluster-in-use", message("otherInstallation.belongs", { count: nodes.length, whose }), {
    advice: [
      message("otherInstallation.objects", { names: named(nodes.map(({ ref }) => ref)) }),
      message("otherInstallation.advice"),
    ],
    fix: fixOf("adopt", message("fix.adopt")),
  });
}

function whoIs(id: string, record: InstallationRecord | undefined): Message {
  if (!record) return message("otherInstallation.unknown", { id });
  const { title, kfDir: folder, host, since } = record;
  return message("otherInstallation.known", { title, folder, host, since: { time: since }, id });
}
