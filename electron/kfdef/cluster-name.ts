import { KfDir } from "../kf-dir/index.ts";
import { configFileName } from "./config/index.ts";
import { textOf } from "./edit/index.ts";
import { ownText } from "./local-config-copy.ts";
import { inspectKfDef } from "./parse/index.ts";

/** metadata.clusterName of KF_DIR's config file: where it was applied. Undefined where the file or the field is not there. */
export async function readClusterName(kfDir: string, configUri: string): Promise<string | undefined> {
  const fileName = configFileName(configUri);
  const text = await ownText(kfDir, fileName);
  return text === undefined ? undefined : inspectKfDef(text, fileName).kfdef.metadata.clusterName;
}

/** Notes in KF_DIR's config file where it is applied; comments and everything else in it stay. */
export async function writeClusterName(kfDir: string, configUri: string, name: string): Promise<void> {
  const fileName = configFileName(configUri);
  const text = await ownText(kfDir, fileName);
  if (text === undefined) return;
  const { document, kfdef } = inspectKfDef(text, fileName);
  if (kfdef.metadata.clusterName === name) return;
  document.setIn(["metadata", "clusterName"], name);
  await new KfDir(kfDir).write(fileName, textOf(document, text));
}
