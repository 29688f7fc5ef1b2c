import { errorDetail, toAppError } from "../common/contract/index.ts";
import { textOf } from "../common/words/index.ts";
import { createTools } from "../electron/tools/index.ts";

/** The toolbox as the app would find it, built if it has to be; or why there is none. */
export async function readyToolbox(
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<{ path: string } | { missing: string }> {
  let said = -1;
  try {
    const command = await createTools().toolbox("practice", {
      signal,
      onProgress({ said: doing, fraction }) {
        const tenth = Math.floor(fraction * 10);
        if (tenth > said) say(`toolbox: ${Math.floor(fraction * 100)}% ${textOf(doing, "en")}`);
        said = Math.max(said, tenth);
      },
    });
    return { path: command.file };
  } catch (thrown) {
    const error = toAppError(thrown);
    return { missing: [error.message, errorDetail(error, "en")?.split("\n")[0]].filter(Boolean).join(" ") };
  }
}
