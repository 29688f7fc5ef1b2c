import { errorCode, FlowdeckError } from "../../common/contract/index.ts";
import { KfDir } from "../kf-dir/index.ts";
import { maxKfDefBytes } from "./parse/index.ts";

/** KF_DIR's own config file; undefined where there is none yet. Throws `folder-unusable`. */
export async function ownText(kfDir: string, fileName: string): Promise<string | undefined> {
  try {
    return await new KfDir(kfDir).readText(fileName, { maxBytes: maxKfDefBytes });
  } catch (error) {
    if (error instanceof FlowdeckError) throw error;
    const code = errorCode(error) ?? "no reason given";
    throw new FlowdeckError("folder-unusable", `${fileName} in ${kfDir} can't be read (${code}).`, { cause: error });
  }
}
