import { toAppError } from "../../../common/contract/index.ts";
import { type Message, message } from "../../../common/words/index.ts";

/** Why a request could not be answered, short enough to stand behind "because". */
export function accessWords(error: unknown): Message {
  const { code, message: english, said } = toAppError(error);
  const words = said ?? english.replace(/\s+/g, " ").replace(/\.$/, "");
  switch (code) {
    case "credentials-rejected":
      return message("accessTrouble.rejected", { words });
    case "exec-failed":
      return message("accessTrouble.execFailed", { words });
    case "exec-needs-approval":
      return message("accessTrouble.execUnapproved", { words });
    case "forbidden":
      return message("accessTrouble.forbidden", { words });
    case "cluster-unreachable":
      return message("accessTrouble.unreachable", { words });
    case "cluster-untrusted":
      return message("accessTrouble.untrusted", { words });
    default:
      return message("accessTrouble.other", { words });
  }
}
