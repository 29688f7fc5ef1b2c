import type { InstalledComponent, InstallState, ObjectRef } from "../../common/contract/index.ts";

/** A workload that an installation is known to have. */
export interface KnownWorkload {
  component: string;
  ref: ObjectRef;
}

/** An installation as far as it is known without looking at what runs. */
export interface Subject {
  id: string;
  origin: "here" | "elsewhere" | "other";
  name: string;
  kfDir?: string;
  host?: string;
  release: string;
  title: string;
  state: InstallState;
  installedAt?: string;
  /** How many objects were applied. */
  objects: number;
  components: readonly Pick<InstalledComponent, "id" | "title" | "group">[];
  /** What was applied, where a journal tells it; else what has the label counts. */
  workloads: readonly KnownWorkload[] | undefined;
  dashboard: { namespace: string; service: string; port: number };
  signIn?: { password: boolean; email?: string };
}

/** Where the start page of every Kubeflow since 0.6 answers. */
export const usualDashboard = { namespace: "istio-system", service: "istio-ingressgateway", port: 80 };
