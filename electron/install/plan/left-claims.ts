import { FlowdeckError, fixOf, type InstallSettings } from "../../../common/contract/index.ts";
import { isKind } from "../../../common/kube/index.ts";
import { message } from "../../../common/words/index.ts";
import { named } from "../objects.ts";
import { claimsWithPassword } from "../render/storage-passwords.ts";
import type { InstallSecrets } from "../types.ts";
import type { Plan, PlanNode } from "./plan-types.ts";

export interface LeftClaimsInput {
  plan: Plan;
  settings: Pick<InstallSettings, "storagePasswords">;
  secrets: InstallSecrets;
  /** Whether this installation had its secrets before: only then a claim of its own has their passwords. */
  haveSecrets: boolean;
}

/**
 * A database keeps the password that it was first started with in its volume. With another one its pods and those that
 * use it would fail again and again.
 * @throws FlowdeckError `conflict` where a volume claim of such a database is there and another's, with the ways on.
 */
export function refuseLeftClaims({ plan, settings, secrets, haveSecrets }: LeftClaimsInput): void {
  const needed = claimsWithPassword(settings, secrets);
  const left = plan.nodes.filter(
    (node) =>
      isKind(node.ref, "/PersistentVolumeClaim") &&
      node.live !== undefined &&
      (node.foreign || node.owner !== undefined || !haveSecrets) &&
      needed.some(({ component, claim }) => component === node.component && claim === node.ref.name),
  );
  if (left.length === 0) return;
  const names = named(left.map(({ ref }) => ref));
  throw new FlowdeckError("conflict", message("leftClaims.found", { count: left.length, names }), {
    advice: [
      message("leftClaims.delete", { commands: left.map(deletion).join("; ") }),
      message("leftClaims.ownFolder"),
      message("leftClaims.published"),
    ],
    fix: fixOf("published-passwords", message("fix.publishedPasswords")),
  });
}

function deletion({ ref: { namespace = "", name } }: PlanNode): string {
  return `kubectl delete pvc -n ${namespace} ${name}`;
}
