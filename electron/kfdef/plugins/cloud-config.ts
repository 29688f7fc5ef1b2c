import { isMap, isSeq, parseDocument } from "yaml";
import { at, text, texts } from "../../../common/json/index.ts";
import { shellWord } from "../../../common/text/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import type { KfDef, KfPlugin } from "../types.ts";
import { awsSpec } from "./aws-spec.ts";
import { gcpSpec } from "./gcp-spec.ts";

/** A file that kfctl makes of one of the repo's, for a cloud's own tools. */
export interface CloudTemplate {
  from: string;
  to: string;
  /** A repo may be without it. */
  optional?: true;
  /** What is in it, made of what is in the template; undefined where that has another form. Absent: the same. */
  change?: (template: string) => string | undefined;
  /** What it is for. */
  about: Message;
  /** The command that uses it, in KF_DIR. */
  command?: string;
}

/** The folder that a plugin makes in KF_DIR besides `kustomize`. */
export interface CloudConfig {
  folder: "gcp_config" | "aws_config";
  kind: string;
  /** Where the templates are. */
  repo: string;
  path: string;
  /** Fields of the plugin's spec without which nothing is written. */
  missing: string[];
  files: CloudTemplate[];
}

/** The folders for clouds that kfctl writes for a KfDef. `name`: the installation's. */
export function cloudConfigs(kfdef: KfDef, name: string): CloudConfig[] {
  return kfdef.spec.plugins.flatMap((plugin) => {
    if (plugin.kind === gcpSpec.kind) return [gcpConfig(plugin, name)];
    return plugin.kind === awsSpec.kind ? [awsConfig(plugin, name)] : [];
  });
}

const field = (plugin: KfPlugin, path: string) => text(at(plugin.spec, ...path.split(".")))?.trim() ?? "";

/** generateDMConfigs in pkg/kfapp/gcp/gcp.go of kfctl 1.0 to 1.2. */
function gcpConfig(plugin: KfPlugin, name: string): CloudConfig {
  const [project, zone, email] = [field(plugin, "project"), field(plugin, "zone"), field(plugin, "email")];
  const account = `${email.includes("gserviceaccount.com") ? "serviceAccount" : "user"}:${email}`;
  const reference = "deploymentManagerConfig.repoRef";
  const deploy = (deployment: string, file: string) =>
    `gcloud deployment-manager deployments create ${shellWord(deployment)} --config ${file} --project ${shellWord(project)}`;
  const copied = (from: string): CloudTemplate => ({ from, to: from, about: message("plugin.fileTemplate") });
  const member = (suffix: string) => `serviceAccount:${name}-${suffix}@${project}.iam.gserviceaccount.com`;
  const members: Record<string, string> = {
    "set-kubeflow-admin-service-account": member("admin"),
    "set-kubeflow-user-service-account": member("user"),
    "set-kubeflow-vm-service-account": member("vm"),
    "set-kubeflow-iap-account": account,
  };
  const cluster = {
    ...{ gkeApiVersion: "v1beta1", zone, users: [account], ipName: field(plugin, "ipName") || `${name}-ip` },
    ...{ "enable-workload-identity": true, "identity-namespace": `${project}.svc.id.goog` },
  };
  const storage: CloudTemplate = {
    ...{ from: "storage-kubeflow.yaml", to: "storage-kubeflow.yaml", about: message("plugin.fileStorage") },
    change: (template) => withProperties(template, { zone, createPipelinePersistentStorage: true }),
    command: deploy(`${name}-storage`, "gcp_config/storage-kubeflow.yaml"),
  };
  return {
    ...{ folder: "gcp_config", kind: plugin.kind },
    repo: field(plugin, `${reference}.name`) || "kubeflow",
    path: field(plugin, `${reference}.path`) || "deployment/gke/deployment_manager_configs",
    missing: Object.entries({ project, zone, email }).flatMap(([key, value]) => (value === "" ? [key] : [])),
    files: [
      ...["cluster.jinja", "cluster.jinja.schema", "storage.jinja", "storage.jinja.schema"].map(copied),
      {
        ...{ from: "iam_bindings_template.yaml", to: "iam_bindings.yaml", about: message("plugin.fileBindings") },
        change: (template) => withMembers(template, members),
        command: `gcloud projects add-iam-policy-binding ${shellWord(project)} --member MEMBER --role ROLE`,
      },
      {
        ...{ from: "cluster-kubeflow.yaml", to: "cluster-kubeflow.yaml", about: message("plugin.fileGkeCluster") },
        change: (template) => withProperties(template, cluster),
        command: deploy(name, "gcp_config/cluster-kubeflow.yaml"),
      },
      ...(at(plugin.spec, "createPipelinePersistentStorage") === false ? [] : [storage]),
    ],
  };
}

/** generateInfraConfigs in pkg/kfapp/aws/aws.go of kfctl 1.0; 1.2 leaves `managed_cluster` to the plugin's spec. */
function awsConfig(plugin: KfPlugin, name: string): CloudConfig {
  const region = field(plugin, "region");
  const roles = texts(at(plugin.spec, "roles"));
  const policy = (id: string, about: Message): CloudTemplate => ({
    ...{ from: `${id}.json`, to: `${id}.json`, optional: true, about },
    command: `aws iam put-role-policy --role-name ${shellWord(roles[0] ?? "ROLE")} --policy-name ${id} --policy-document file://aws_config/${id}.json`,
  });
  return {
    ...{ folder: "aws_config", kind: plugin.kind, repo: "manifests", path: "aws/infra_configs" },
    missing: region === "" ? ["region"] : [],
    files: [
      {
        ...{ from: "cluster_config.yaml", to: "cluster_config.yaml", about: message("plugin.fileEksCluster") },
        change: (template) =>
          edited(template, "metadata", isMap, (document) => {
            document.setIn(["metadata", "name"], name);
            document.setIn(["metadata", "region"], region);
          }),
        command: "eksctl create cluster --config-file aws_config/cluster_config.yaml",
      },
      {
        ...{ from: "cluster_features.yaml", to: "cluster_features.yaml", optional: true },
        about: message("plugin.fileFeatures"),
        change: (template) =>
          edited(template, undefined, isMap, (document) => document.set("managed_cluster", roles.length === 0)),
      },
      policy("iam_alb_ingress_policy", message("plugin.filePolicyAlb")),
      policy("iam_csi_fsx_policy", message("plugin.filePolicyFsx")),
      policy("iam_cloudwatch_policy", message("plugin.filePolicyLogs")),
      policy("iam_profile_controller_policy", message("plugin.filePolicyProfiles")),
    ],
  };
}

type Change = (document: ReturnType<typeof parseDocument>) => void;

/** A YAML file with a change, its comments kept; undefined where it, or the field named, has another form. */
function edited(
  template: string,
  name: string | undefined,
  is: (node: unknown) => boolean,
  change: Change,
): string | undefined {
  const document = parseDocument(template);
  if (document.errors.length > 0 || !is(name === undefined ? document.contents : document.get(name))) return undefined;
  try {
    change(document);
    return document.toString({ lineWidth: 0 });
  } catch {
    return undefined; // a scalar where a mapping belongs, or an alias without its anchor
  }
}

function withProperties(template: string, properties: Record<string, unknown>): string | undefined {
  return edited(template, "resources", isSeq, (document) => {
    const resources = document.get("resources");
    for (const [index] of isSeq(resources) ? resources.items.entries() : [])
      for (const [key, value] of Object.entries(properties))
        document.setIn(["resources", index, "properties", key], document.createNode(value));
  });
}

function withMembers(template: string, members: Readonly<Record<string, string>>): string | undefined {
  return edited(template, "bindings", isSeq, (document) => {
    const bindings = document.get("bindings");
    for (const [index] of isSeq(bindings) ? bindings.items.entries() : []) {
      const list = document.getIn(["bindings", index, "members"]);
      if (!isSeq(list)) throw new Error("a binding without members");
      for (const [at] of list.items.entries()) {
        const path = ["bindings", index, "members", at];
        const member = document.getIn(path);
        const own = typeof member === "string" && Object.hasOwn(members, member) ? members[member] : undefined;
        if (own !== undefined) document.setIn(path, own);
      }
    }
  });
}
