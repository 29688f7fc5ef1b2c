import { at, list, text } from "../../../common/json/index.ts";
import { atDefinition, atDefinitionVersion, groupOf, isBuiltInGroup, isKind } from "../../../common/kube/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import type { WaveId } from "./plan-types.ts";
import { isWebhookConfiguration } from "./webhooks.ts";
import { isWorkload } from "./workloads.ts";

export function isCustomResource(object: { apiVersion: string }): boolean {
  return !isBuiltInGroup(groupOf(object.apiVersion));
}

export function isDefinition(object: { apiVersion: string; kind: string }): boolean {
  return isKind(object, "apiextensions.k8s.io/CustomResourceDefinition");
}

/** Versions that a CustomResourceDefinition makes the server serve; v1beta1 could name a single one in `version`. */
export function servedVersions(definition: KubeObject): string[] {
  const versions = list(atDefinition(definition, "spec", "versions"));
  if (versions.length === 0) return [text(at(definition, "spec", "version"))].filter((name) => name !== undefined);
  return versions
    .filter((version) => atDefinitionVersion(version, "served") !== false)
    .map((version) => text(atDefinitionVersion(version, "name")))
    .filter((name) => name !== undefined);
}

/** cert-manager's kinds that say how to issue and what was issued. */
export function isCertificateKind(object: { apiVersion: string; kind: string }): boolean {
  return groupOf(object.apiVersion) === "cert-manager.io";
}

/** Kubeflow's Profile: its controller makes a namespace of the same name with the service account default-editor. */
export function isProfile(object: { apiVersion: string; kind: string }): boolean {
  return object.kind === "Profile" && /(^|\.)kubeflow\.org$/.test(groupOf(object.apiVersion));
}

/** The wave an object belongs to by its kind alone; the plan moves workloads that others wait for to `foundations`. */
export function waveOf(object: KubeObject): WaveId {
  if (isKind(object, "/Namespace", "scheduling.k8s.io/PriorityClass")) {
    return "namespaces";
  }
  if (isDefinition(object)) return "definitions";
  if (isWorkload(object)) return "workloads";
  if (isWebhookConfiguration(object) || isKind(object, "apiregistration.k8s.io/APIService")) {
    return "webhooks";
  }
  if (isProfile(object)) return "profiles";
  if (isCertificateKind(object)) return "certificates";
  if (isCustomResource(object)) return "custom-resources";
  return "configuration";
}

/** What each wave is called and what it waits for, as shown before anything is applied. */
export const waveWords: Record<WaveId, { title: Message; gate?: Message }> = {
  namespaces: { title: message("wave.namespaces") },
  definitions: { title: message("wave.definitions") },
  configuration: { title: message("wave.configuration"), gate: message("wave.configurationGate") },
  foundations: { title: message("wave.foundations"), gate: message("wave.foundationsGate") },
  certificates: { title: message("wave.certificates"), gate: message("wave.certificatesGate") },
  "custom-resources": { title: message("wave.customResources"), gate: message("wave.customResourcesGate") },
  workloads: { title: message("wave.workloads"), gate: message("wave.workloadsGate") },
  webhooks: { title: message("wave.webhooks"), gate: message("wave.webhooksGate") },
  profiles: { title: message("wave.profiles"), gate: message("wave.profilesGate") },
  verification: { title: message("wave.verification"), gate: message("wave.verificationGate") },
};
