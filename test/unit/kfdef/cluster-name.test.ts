import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { KfDefs } from "../../../electron/kfdef/index.ts";
import { createTools } from "../../../electron/tools/index.ts";
import { assetsDir, temporaryFolders } from "../install/support.ts";
import { kfdefText } from "./support.ts";

const folder = temporaryFolders();
const uri = "https://example.org/kfctl_k8s_istio.v1.0.0.yaml";
const name = "kfctl_k8s_istio.v1.0.0.yaml";

test("the cluster a KfDef is applied to is noted in KF_DIR's file, where comments and the rest stay", async () => {
  const kfDir = await folder();
  const kfdefs = new KfDefs({ tools: createTools(), dataDir: await folder(), assetsDir });
  expect(await kfdefs.clusterName(kfDir, uri)).toBeUndefined();
  await kfdefs.setClusterName(kfDir, uri, "practice");
  const text = `# my course\n${kfdefText([{ name: "argo", path: "argo" }], "https://example.org/a.tar.gz")}`;
  await writeFile(join(kfDir, name), text);
  expect(await kfdefs.clusterName(kfDir, uri)).toBeUndefined();
  await kfdefs.setClusterName(kfDir, uri, "practice");
  expect(await kfdefs.clusterName(kfDir, uri)).toBe("practice");
  const after = await readFile(join(kfDir, name), "utf8");
  expect(after.replace("  clusterName: practice\n", "")).toBe(text);
  await kfdefs.setClusterName(kfDir, uri, "school");
  expect(await kfdefs.clusterName(kfDir, join(kfDir, name))).toBe("school");
});
