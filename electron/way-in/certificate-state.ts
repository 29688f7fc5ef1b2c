import type { AccessView } from "../../common/contract/index.ts";
import { at, list, text } from "../../common/json/index.ts";
import { conditionOf } from "../../common/kube/index.ts";
import { type Message, message } from "../../common/words/index.ts";
import type { KubeObject } from "../cluster/index.ts";

export interface IssuedState {
  certificate: KubeObject;
  /** cert-manager's orders and challenges in the same namespace; empty where they can't be read. */
  orders: readonly KubeObject[];
  challenges: readonly KubeObject[];
}

/** What cert-manager says of a certificate, the cause first: the challenge that fails, the order, the certificate. Pure. */
export function certificateState({
  certificate,
  orders,
  challenges,
}: IssuedState): NonNullable<AccessView["certificate"]> {
  const ready = conditionOf(certificate, "Ready");
  const to = text(at(certificate, "status", "notAfter"));
  if (ready?.status === "True") return { ready: true, why: [], ...(to ? { to } : {}) };
  const names = new Set(list(at(certificate, "spec", "dnsNames")));
  const why: Message[] = challenges
    .filter((challenge) => names.has(at(challenge, "spec", "dnsName")))
    .flatMap((challenge) => {
      const words = text(at(challenge, "status", "reason"));
      const name = text(at(challenge, "spec", "dnsName")) ?? "";
      return words ? [message("wayIn.challengeFails", { name, words })] : [];
    });
  const failed = orders
    .filter((order) => ["invalid", "errored", "expired"].includes(text(at(order, "status", "state")) ?? ""))
    .filter((order) => list(at(order, "spec", "dnsNames")).some((name) => names.has(name)))
    .toSorted((a, b) => (b.metadata.creationTimestamp ?? "").localeCompare(a.metadata.creationTimestamp ?? ""));
  const words = text(at(failed[0], "status", "reason"));
  if (words) why.push(message("wayIn.orderFailed", { words }));
  why.push(
    ready
      ? message("wayIn.certificateNotReady", { words: ready.message ?? ready.reason ?? "" })
      : message("wayIn.certificateMissing"),
  );
  return { ready: false, why, ...(to ? { to } : {}) };
}
