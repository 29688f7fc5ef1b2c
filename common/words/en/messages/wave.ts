/** What each wave of a plan is called, and what it waits for. */
export const wave = {
  namespaces: "Namespaces and priority classes",
  definitions: "Resource definitions (CRDs)",
  configuration: "Configuration, access rights, services, volumes",
  configurationGate: "Its namespace is there",
  foundations: "Foundations that others wait for",
  foundationsGate: "The component's configuration is in place",
  certificates: "Certificates and issuers",
  certificatesGate: "The webhook that checks them accepts a dry run",
  customResources: "Custom resources",
  customResourcesGate:
    "Their definitions are established; before their webhooks on a first install, after a dry run otherwise",
  workloads: "Workloads",
  workloadsGate: "Their configuration is in place, their certificates are issued, and sidecars can be injected",
  webhooks: "Admission webhooks",
  webhooksGate: "The Service behind each has a ready endpoint",
  profiles: "User profiles",
  profilesGate: "Pods in a new namespace would get their sidecar",
  verification: "Verification",
  verificationGate: "Every workload is available and every pod runs",
} as const;
