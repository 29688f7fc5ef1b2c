/** A KfDef file (kfdef.apps.kubeflow.org/v1 and v1beta1, which have the same fields), as its builder reads it. */
export interface KfDef {
  apiVersion: "kfdef.apps.kubeflow.org/v1" | "kfdef.apps.kubeflow.org/v1beta1";
  metadata: {
    name?: string;
    namespace?: string;
    /** The cluster it was applied to: kfctl writes it on apply, and asks for it before a delete. */
    clusterName?: string;
    labels: Record<string, string>;
    annotations: Record<string, string>;
  };
  spec: {
    version: string;
    applications: KfApplication[];
    plugins: KfPlugin[];
    secrets: KfSecret[];
    repos: { name: string; uri: string }[];
  };
  reposCache: { name: string; localPath: string }[];
}

export interface KfApplication {
  name: string;
  repoRef: { name: string; path: string };
  overlays: string[];
  parameters: { name: string; value: string }[];
}

export interface KfPlugin {
  kind: string;
  name: string;
  /** As it stands in the file; what is in it is the plugin's own affair. */
  spec: Record<string, unknown>;
}

export interface KfSecret {
  name: string;
  source: { literal: string } | { env: string };
}
