import { toAppError } from "../common/contract/index.ts";
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
      onProgress({ message, fraction }) {
        const tenth = Math.floor(fraction * 10);
        if (tenth > said) say(`toolbox: ${Math.floor(fraction * 100)}% ${message}`);
        said = Math.max(said, tenth);
      },
    });
    return { path: command.file };
  } catch (thrown) {
    const { message, detail } = toAppError(thrown);
    return { missing: [message, detail?.split("\n")[0]].filter(Boolean).join(" ") };
  }
}
