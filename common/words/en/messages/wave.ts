/** What each wave of a plan is called, and what it waits for. */
export const wave = {
  namespaces: "Namespaces and priority classes",
  definitions: "Resource definitions (CRDs)",
  configuration: "Configuration, permissions, services, volumes",
  configurationGate: "Their namespace exists",
  foundations: "Foundations that other components need",
  foundationsGate: "The component's configuration is in place",
  certificates: "Certificates and issuers",
  certificatesGate: "The webhook that validates them accepts a dry run",
  customResources: "Custom resources",
  customResourcesGate:
    "Their definitions are established; before their webhooks on a first install, after a dry run otherwise",
  workloads: "Workloads",
  workloadsGate: "Their configuration is in place, their certificates are issued, and sidecars can be injected",
  webhooks: "Admission webhooks",
  webhooksGate: "The Service behind each has a ready endpoint",
  profiles: "User profiles",
  profilesGate: "Sidecars can be injected into pods of new namespaces",
  verification: "Verification",
  verificationGate: "Every workload is available and every pod is running",
} as const;
