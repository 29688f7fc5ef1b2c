import { FlowdeckError } from "../../../common/contract/index.ts";
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
  const count = nodes.length === 1 ? "1 object of this plan belongs" : `${nodes.length} objects of this plan belong`;
  const whose = others.map(({ id, record }) => whoIs(id, record)).join(", and to ");
  return new FlowdeckError("cluster-in-use", `${count} to ${whose}.`, {
    detail: `They are ${named(nodes.map(({ ref }) => ref))}. Nothing was changed. Uninstall the other installation from its folder first. If that folder is lost, take its objects over (--adopt): they then belong to this installation, and uninstalling the other one leaves them.`,
    fix: { id: "adopt", title: "Take its objects over" },
  });
}

function whoIs(id: string, record: InstallationRecord | undefined): string {
  if (!record) return `another installation (${id}), of which this cluster has no record`;
  return `another installation: ${record.title} from ${record.kfDir} on ${record.host}, installed since ${record.since} (${id})`;
}
