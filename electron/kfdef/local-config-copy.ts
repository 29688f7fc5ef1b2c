import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { FlowdeckError } from "../../common/contract/index.ts";
import { errorCode } from "./config/index.ts";

/** KF_DIR's own config file; undefined where there is none yet. Throws `folder-unusable`. */
export async function ownText(kfDir: string, fileName: string): Promise<string | undefined> {
  const file = join(kfDir, fileName);
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const code = errorCode(error) ?? "";
    if (["ENOENT", "ENOTDIR"].includes(code)) return undefined;
    throw new FlowdeckError("folder-unusable", `${file} can't be read (${code}).`, { cause: error });
  }
}
