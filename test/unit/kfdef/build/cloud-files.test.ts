import { readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { parse } from "yaml";
import { textOf } from "../../../../common/words/index.ts";
import { Catalogue, openMirror } from "../../../../electron/install/index.ts";
import { assetsDir, describeWithMirror, temporaryFolders } from "../../install/support.ts";
import { build, kfdefText, names, readFiles, writeFiles } from "../support.ts";

const folder = temporaryFolders();
const app = { name: "app", path: "some/app" };
const base = {
  "some/app/base/kustomization.yaml": "resources:\n- a.yaml\n",
  "some/app/base/a.yaml": "kind: A\n",
};
const templates = {
  "gcp/dm/cluster.jinja": "resources: []\n",
  "gcp/dm/cluster.jinja.schema": "info: {}\n",
  "gcp/dm/storage.jinja": "resources: []\n",
  "gcp/dm/storage.jinja.schema": "info: {}\n",
  "gcp/dm/iam_bindings_template.yaml":
    "# who gets what\nbindings:\n- members: [set-kubeflow-admin-service-account, 'user:other@example.org']\n  roles: [roles/source.admin]\n- members: [set-kubeflow-iap-account]\n  roles: [roles/iap.httpsResourceAccessor]\n",
  "gcp/dm/cluster-kubeflow.yaml":
    "resources:\n- name: kubeflow\n  type: cluster.jinja\n  properties:\n    zone: SET_THE_ZONE\n    # picks a patch\n    cluster-version: '1.14'\n",
  "gcp/dm/storage-kubeflow.yaml": "resources:\n- name: kubeflow\n  type: storage.jinja\n",
};
const gcp = (spec: string) => `  plugins:
  - kind: KfGcpPlugin
    spec:
      deploymentManagerConfig: {repoRef: {name: manifests, path: gcp/dm}}
${spec.replace(/^/gm, "      ")}
`;
const ours = "project: my-project\nzone: us-east1-c\nemail: jane@example.org";

async function built(plugin: string, files: Record<string, string>, before: Record<string, string> = {}) {
  const root = await folder();
  await writeFiles(join(root, "repo"), { ...base, ...files });
  await writeFiles(join(root, "kf"), before);
  const tree = await build(kfdefText([app], "../repo", plugin), root);
  const said = tree.warnings.flatMap((one) => (one.said === undefined ? [] : [textOf(one.said, "en")]));
  return { ...tree, root, said, kf: await readFiles(join(root, "kf")) };
}

describe("the folder for Google Cloud", () => {
  it("has the templates with the project, zone and accounts in place, and keeps their comments", async () => {
    const { kf, cloudFiles } = await built(gcp(ours), templates);
    expect(cloudFiles.map(({ path, state }) => [path, state])).toEqual([
      ["gcp_config/cluster.jinja", "new"],
      ["gcp_config/cluster.jinja.schema", "new"],
      ["gcp_config/storage.jinja", "new"],
      ["gcp_config/storage.jinja.schema", "new"],
      ["gcp_config/iam_bindings.yaml", "new"],
      ["gcp_config/cluster-kubeflow.yaml", "new"],
      ["gcp_config/storage-kubeflow.yaml", "new"],
    ]);
    expect(
      parse(kf["gcp_config/iam_bindings.yaml"] ?? "").bindings.map((one: { members: string[] }) => one.members),
    ).toEqual([
      ["serviceAccount:kf-admin@my-project.iam.gserviceaccount.com", "user:other@example.org"],
      ["user:jane@example.org"],
    ]);
    const cluster = kf["gcp_config/cluster-kubeflow.yaml"] ?? "";
    expect(cluster).toContain("# picks a patch");
    expect(parse(cluster).resources[0].properties).toEqual({
      ...{ zone: "us-east1-c", "cluster-version": "1.14", gkeApiVersion: "v1beta1", ipName: "kf-ip" },
      ...{ users: ["user:jane@example.org"], "enable-workload-identity": true },
      "identity-namespace": "my-project.svc.id.goog",
    });
    expect(parse(kf["gcp_config/storage-kubeflow.yaml"] ?? "").resources[0].properties).toEqual({
      zone: "us-east1-c",
      createPipelinePersistentStorage: true,
    });
    expect(cloudFiles.find(({ path }) => path.endsWith("cluster-kubeflow.yaml"))?.command).toBe(
      "gcloud deployment-manager deployments create kf --config gcp_config/cluster-kubeflow.yaml --project my-project",
    );
  });

  it("has no disks where the plugin wants none", async () => {
    const { kf } = await built(gcp(`${ours}\ncreatePipelinePersistentStorage: false`), templates);
    expect(kf["gcp_config/storage-kubeflow.yaml"]).toBeUndefined();
  });

  it("is left as it is where it is there, also when kustomize is built again", async () => {
    const mine = { "gcp_config/cluster-kubeflow.yaml": "mine: true\n" };
    const { kf, cloudFiles, root } = await built(gcp(ours), templates, mine);
    expect(kf["gcp_config/cluster-kubeflow.yaml"]).toBe("mine: true\n");
    expect(kf["gcp_config/cluster.jinja"]).toBeUndefined();
    expect(cloudFiles).toMatchObject([
      { path: "gcp_config/cluster-kubeflow.yaml", text: "mine: true\n", state: "kept" },
    ]);
    const text = kfdefText([app], "../repo", gcp(ours.replace("us-east1-c", "us-west1-b")));
    await build(text, root, { again: true });
    expect(await names(join(root, "kf", "gcp_config"))).toEqual(["cluster-kubeflow.yaml"]);
    const skipped = await build(text, root);
    expect(skipped).toMatchObject({ skipped: true, cloudFiles: [{ state: "kept" }] });
  });

  it("is not written, and says so, without a project or zone, without templates, and from broken ones", async () => {
    const without = await built(gcp("email: jane@example.org"), templates);
    expect(without.said).toContain("`gcp_config` is not written yet: the plugin KfGcpPlugin lacks project, zone.");
    const { "gcp/dm/storage.jinja": _one, ...fewer } = templates;
    const broken = [
      "resources: nothing\n",
      "resources:\n- name: a\n  properties: 5\n",
      "a: [",
      "resources: [*nowhere]\n",
    ];
    const worse = broken.map((text) => ({ ...templates, "gcp/dm/cluster-kubeflow.yaml": text }));
    for (const files of [fewer, ...worse]) {
      const { kf, said, applications } = await built(gcp(ours), files);
      expect(said.join()).toContain("`gcp_config` is not written: the repo “manifests” has no usable `gcp/dm/");
      expect(Object.keys(kf).filter((path) => path.startsWith("gcp_config"))).toEqual([]);
      expect(applications).toHaveLength(1);
    }
  });

  it("reads no template outside the repo, and writes through no link", async () => {
    const root = await folder();
    await writeFiles(join(root, "repo"), { ...base, ...templates });
    await writeFiles(join(root, "outside"), { "cluster.jinja": "a secret" });
    const escaping = gcp(ours).replace("path: gcp/dm", "path: ../outside");
    const outside = await build(kfdefText([app], "../repo", escaping), root);
    expect(outside.cloudFiles).toEqual([]);
    const other = await folder();
    await writeFiles(join(other, "repo"), { ...base, ...templates });
    await writeFile(join(other, "secret"), "a secret");
    await writeFiles(join(other, "kf"), {});
    await writeFiles(join(other, "kf", "x"), { y: "" });
    await symlink("/tmp", join(other, "kf", "gcp_config"));
    await expect(build(kfdefText([app], "../repo", gcp(ours)), other)).rejects.toMatchObject({
      code: "folder-unusable",
    });
  });

  it("has the values as texts, whatever they are", async () => {
    const odd = `project: "a: [b]\\nc"\nzone: "*x"\nemail: "z@example.org # no"`;
    const { kf, cloudFiles } = await built(gcp(odd), templates);
    expect(parse(kf["gcp_config/cluster-kubeflow.yaml"] ?? "").resources[0].properties).toMatchObject({
      zone: "*x",
      "identity-namespace": "a: [b]\nc.svc.id.goog",
      users: ["user:z@example.org # no"],
    });
    expect(cloudFiles.at(-1)?.command).toMatch(/--project 'a: \[b\]\nc'$/);
  });
});

describeWithMirror("the folders of the KfDef files of 1.0.0", (mirrorDir) => {
  vi.setConfig({ testTimeout: 60_000 });

  async function real(name: string, change: (text: string) => string) {
    const root = await folder();
    const text = change(await readFile(join(mirrorDir, "kfdef", name), "utf8"));
    const pinned = (await new Catalogue(assetsDir).all()).flatMap((release) => release.sources);
    const mirror = await openMirror(mirrorDir);
    const sources = { dataDir: join(root, "data"), assetsDir, mirror, pinned };
    const { cloudFiles } = await build(text, root, { fileName: name, sources });
    return { cloudFiles, kf: (path: string) => readFile(join(root, "kf", path), "utf8") };
  }

  it("AWS: the cluster's name and region, whether there are nodes, and the nodes' permissions", async () => {
    const { cloudFiles, kf } = await real("kfctl_aws.v1.0.0.yaml", (text) => text);
    expect(cloudFiles.map(({ path }) => path)).toEqual([
      "aws_config/cluster_config.yaml",
      "aws_config/cluster_features.yaml",
      "aws_config/iam_alb_ingress_policy.json",
      "aws_config/iam_csi_fsx_policy.json",
      "aws_config/iam_cloudwatch_policy.json",
    ]);
    const cluster = parse(await kf("aws_config/cluster_config.yaml"));
    expect(cluster).toMatchObject({
      metadata: { name: "kf", region: "us-west-2", version: "1.13" },
      nodeGroups: [{ instanceType: "m5.xlarge", desiredCapacity: 2 }],
    });
    expect(parse(await kf("aws_config/cluster_features.yaml"))).toMatchObject({
      managed_cluster: false,
      worker_node_group_logging: false,
    });
    expect(JSON.parse(await kf("aws_config/iam_alb_ingress_policy.json")).Statement.length).toBeGreaterThan(5);
  });

  it("Google Cloud: the cluster, the disks and who gets which roles", async () => {
    const { cloudFiles, kf } = await real("kfctl_gcp_iap.v1.0.0.yaml", (text) =>
      text.replace(
        "createPipelinePersistentStorage: true",
        `${ours.replaceAll("\n", "\n      ")}\n      createPipelinePersistentStorage: true`,
      ),
    );
    expect(cloudFiles).toHaveLength(7);
    expect(parse(await kf("gcp_config/cluster-kubeflow.yaml")).resources[0].properties).toMatchObject({
      ...{ zone: "us-east1-c", gkeApiVersion: "v1beta1", "enable-workload-identity": true, ipName: "kf-ip" },
      "cpu-pool-machine-type": "n1-standard-8",
    });
    const { bindings } = parse(await kf("gcp_config/iam_bindings.yaml"));
    expect(bindings.flatMap((one: { members: string[] }) => one.members)).toEqual([
      "serviceAccount:kf-admin@my-project.iam.gserviceaccount.com",
      "serviceAccount:kf-user@my-project.iam.gserviceaccount.com",
      "serviceAccount:kf-vm@my-project.iam.gserviceaccount.com",
      "user:jane@example.org",
    ]);
  });
});
