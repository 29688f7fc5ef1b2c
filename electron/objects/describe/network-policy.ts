import { at, fields, list, text, texts } from "../../../common/json/index.ts";
import { atNetworkPolicy } from "../../../common/kube/index.ts";
import { annotationLines, type Describer, labelLines, selectorWords, word, wordOr } from "./describe-helpers.ts";
import type { Sheet } from "./describe-writer.ts";

export const describeNetworkPolicy: Describer = (sheet, policy) => {
  const { name, namespace, labels, annotations, creationTimestamp } = policy.metadata;
  sheet.pair("Name", name).pair("Namespace", namespace ?? "");
  sheet.pair("Created on", goTime(creationTimestamp));
  labelLines(sheet, "Labels", labels);
  annotationLines(sheet, annotations);
  sheet.heading("Spec");
  const selector = atNetworkPolicy(policy, "spec", "podSelector");
  const everything = Object.keys(fields(selector)).length === 0;
  sheet.text(
    `PodSelector: ${everything ? "<none> (Allowing the specific traffic to all pods in this namespace)" : selectorWords(selector)}`,
    1,
  );
  const types = texts(atNetworkPolicy(policy, "spec", "policyTypes"));
  direction(
    sheet,
    types.includes("Ingress"),
    "ingress",
    list(atNetworkPolicy(policy, "spec", "ingress")),
    "from",
    "From",
  );
  direction(sheet, types.includes("Egress"), "egress", list(atNetworkPolicy(policy, "spec", "egress")), "to", "To");
  sheet.text(`Policy Types: ${types.join(", ") || "<none>"}`, 1);
};

/** As Go prints a time by itself: 2026-11-23 02:53:34 +0000 UTC. */
function goTime(value: unknown): string {
  const time = new Date(text(value) ?? Number.NaN);
  return Number.isNaN(time.getTime()) ? "" : `${time.toISOString().slice(0, 19).replace("T", " ")} +0000 UTC`;
}

function direction(
  sheet: Sheet,
  affected: boolean,
  name: "ingress" | "egress",
  rules: readonly unknown[],
  field: "from" | "to",
  title: "From" | "To",
): void {
  if (!affected) {
    sheet.text(`Not affecting ${name} traffic`, 1);
    return;
  }
  sheet.text(`Allowing ${name} traffic:`, 1);
  if (rules.length === 0) sheet.text(`<none> (Selected pods are isolated for ${name} connectivity)`, 2);
  for (const [index, rule] of rules.entries()) {
    if (index > 0) sheet.text("----------", 2);
    const ports = list(at(rule, "ports"));
    if (ports.length === 0) sheet.text("To Port: <any> (traffic allowed to all ports)", 2);
    for (const port of ports) {
      const end = word(port, "endPort");
      const protocol = wordOr("TCP", port, "protocol");
      const first = wordOr("<nil>", port, "port");
      sheet.text(end ? `To Port Range: ${first}-${end}/${protocol}` : `To Port: ${first}/${protocol}`, 2);
    }
    const peers = list(at(rule, field));
    if (peers.length === 0) {
      sheet.text(`${title}: <any> (traffic not restricted by ${field === "from" ? "source" : "destination"})`, 2);
    }
    for (const peer of peers) peerLines(sheet, title, peer);
  }
}

function peerLines(sheet: Sheet, title: string, peer: unknown): void {
  sheet.text(`${title}:`, 2);
  const namespaces = at(peer, "namespaceSelector");
  const pods = at(peer, "podSelector");
  const block = at(peer, "ipBlock");
  if (namespaces !== undefined) sheet.text(`NamespaceSelector: ${selectorWords(namespaces)}`, 3);
  if (pods !== undefined) sheet.text(`PodSelector: ${selectorWords(pods)}`, 3);
  if (block !== undefined) {
    sheet.text("IPBlock:", 3);
    sheet.text(`CIDR: ${wordOr("", block, "cidr")}`, 4);
    sheet.text(`Except: ${texts(at(block, "except")).join(", ")}`, 4);
  }
}
