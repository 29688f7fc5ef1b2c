import { FlowdeckError, reply } from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";

/** Takes a host's answer to a call and gives its output, or throws its error. */
export function outputOf(answer: unknown): unknown {
  const parsed = reply.safeParse(answer);
  if (!parsed.success) throw new FlowdeckError("internal", message("call.unknownAnswer"));
  if (parsed.data.ok) return parsed.data.output;
  throw FlowdeckError.from(parsed.data.error);
}

export function cancelled(): FlowdeckError {
  return new FlowdeckError("cancelled", message("call.cancelled"));
}
