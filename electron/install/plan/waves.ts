import type { Words } from "../../../common/contract/index.ts";
import { at, list, text } from "../../../common/json/index.ts";
import { groupOf, isBuiltInGroup, isKind } from "../../../common/kube/index.ts";
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
  const versions = list(at(definition, "spec", "versions"));
  if (versions.length === 0) return [text(at(definition, "spec", "version"))].filter((name) => name !== undefined);
  return versions
    .filter((version) => at(version, "served") !== false)
    .map((version) => text(at(version, "name")))
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
export const waveWords: Record<WaveId, { title: Words; gate?: Words }> = {
  namespaces: { title: { en: "Namespaces and priority classes", ko: "네임스페이스와 우선순위 클래스" } },
  definitions: { title: { en: "Resource definitions (CRDs)", ko: "리소스 정의(CRD)" } },
  configuration: {
    title: { en: "Configuration, access rights, services, volumes", ko: "설정, 접근 권한, 서비스, 볼륨" },
    gate: { en: "Its namespace is there", ko: "네임스페이스가 있어야 합니다" },
  },
  foundations: {
    title: { en: "Foundations that others wait for", ko: "다른 구성 요소가 기다리는 기반 워크로드" },
    gate: { en: "The component's configuration is in place", ko: "구성 요소의 설정이 적용되어 있어야 합니다" },
  },
  certificates: {
    title: { en: "Certificates and issuers", ko: "인증서와 발급자" },
    gate: {
      en: "The webhook that checks them accepts a dry run",
      ko: "이를 검사하는 웹훅이 시험 적용(dry run)을 받아들여야 합니다",
    },
  },
  "custom-resources": {
    title: { en: "Custom resources", ko: "사용자 정의 리소스" },
    gate: {
      en: "Their definitions are established; before their webhooks on a first install, after a dry run otherwise",
      ko: "정의가 등록되어 있어야 합니다. 첫 설치에서는 웹훅보다 먼저, 그 밖에는 시험 적용이 성공한 뒤에 적용합니다",
    },
  },
  workloads: {
    title: { en: "Workloads", ko: "워크로드" },
    gate: {
      en: "Their configuration is in place, their certificates are issued, and sidecars can be injected",
      ko: "설정이 적용되고, 인증서가 발급되고, 사이드카를 주입할 수 있어야 합니다",
    },
  },
  webhooks: {
    title: { en: "Admission webhooks", ko: "어드미션 웹훅" },
    gate: {
      en: "The Service behind each has a ready endpoint",
      ko: "각 웹훅의 서비스에 준비된 엔드포인트가 있어야 합니다",
    },
  },
  profiles: {
    title: { en: "User profiles", ko: "사용자 프로필" },
    gate: {
      en: "Pods in a new namespace would get their sidecar",
      ko: "새 네임스페이스의 파드에 사이드카가 주입될 수 있어야 합니다",
    },
  },
  verification: {
    title: { en: "Verification", ko: "확인" },
    gate: {
      en: "Every workload is available and every pod runs",
      ko: "모든 워크로드가 사용 가능하고 모든 파드가 실행 중이어야 합니다",
    },
  },
};
