import { errorCode } from "../../common/contract/index.ts";
import { type Message, message } from "../../common/words/index.ts";

/** That a file or a folder can't be read, with the system's own code where it gives one. */
export function unreadable(file: string, error: unknown): Message {
  const code = errorCode(error);
  return code === undefined ? message("file.unreadable", { file }) : message("file.unreadableCode", { file, code });
}
