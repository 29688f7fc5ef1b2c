import type { KubeObject } from "../../cluster/index.ts";
import type { PlanNode } from "./plan-types.ts";
import { imagesOf, podTemplateOf } from "./workloads.ts";

/**
 * A pod for a dry run that goes the way the workload's own pods will go: same namespace, labels and annotations. It
 * satisfies the strictest Pod Security Standard, so that only webhooks can refuse it.
 * https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export function probePod(workload: PlanNode): KubeObject {
  const template = podTemplateOf(workload.object);
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name: "flowdeck-probe",
      ...(workload.ref.namespace ? { namespace: workload.ref.namespace } : {}),
      labels: { ...template?.labels },
      annotations: { ...template?.annotations },
    },
    spec: {
      automountServiceAccountToken: false,
      restartPolicy: "Never",
      securityContext: { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: "RuntimeDefault" } },
      containers: [
        {
          name: "probe",
          image: imagesOf(template?.spec)[0] ?? "registry.k8s.io/pause:3.10",
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
        },
      ],
    },
  };
}
