import { join } from "node:path";
import { FlowdeckError } from "../../common/contract/index.ts";
import { KfDir, unreadable } from "../kf-dir/index.ts";
import { maxKfDefBytes } from "./parse/index.ts";

/** KF_DIR's own config file; undefined where there is none yet. Throws `folder-unusable`. */
export async function ownText(kfDir: string, fileName: string): Promise<string | undefined> {
  try {
    return await new KfDir(kfDir).readText(fileName, { maxBytes: maxKfDefBytes });
  } catch (error) {
    if (error instanceof FlowdeckError) throw error;
    throw new FlowdeckError("folder-unusable", unreadable(join(kfDir, fileName), error), { cause: error });
  }
}
