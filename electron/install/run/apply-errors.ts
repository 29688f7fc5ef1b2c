import { FlowdeckError, type ObjectRef, toAppError } from "../../../common/contract/index.ts";
import { type Message, message, verbatim } from "../../../common/words/index.ts";
import { conflictsOf, isRetryable, statusOf } from "../../cluster/index.ts";
import { describe } from "../objects.ts";

/**
 * Will trying again, with nothing changed by the user, cure it? What a running installation causes itself counts as
 * curable here too: kinds just being defined, namespaces just being made, objects still on their way out.
 */
export function isCurable(error: unknown): boolean {
  if (!(error instanceof FlowdeckError)) return false;
  if (isRetryable(error)) return true;
  const words = statusOf(error)?.message ?? error.detail ?? "";
  switch (error.code) {
    case "kind-unknown":
      return true;
    case "object-not-found":
      return missingNamespaceOf(error) !== undefined;
    case "webhook-failed":
      return !/denied the request/.test(words);
    case "forbidden":
      return /being terminated|serviceaccount "default" not found|error looking up service account/.test(words);
    case "conflict":
      return conflictsOf(error).length === 0;
    default:
      return /is being deleted|being terminated|create not allowed while custom resource definition is terminating/.test(
        words,
      );
  }
}

/** The namespace for want of which an object was refused. */
export function missingNamespaceOf(error: unknown): string | undefined {
  if (!(error instanceof FlowdeckError) || error.code !== "object-not-found") return undefined;
  const status = statusOf(error);
  if (status?.details.kind === "namespaces" && status.details.name) return status.details.name;
  return /namespaces "([^"]+)" not found/.exec(status?.message ?? error.detail ?? "")?.[1];
}

/** Why an object can't be applied yet, short enough to stand behind "because". */
export function becauseOf(error: unknown): Message {
  const { message: english, said, detail } = toAppError(error);
  if (detail && detail.length < shortWords) return verbatim(oneLine(detail));
  return said ?? verbatim(oneLine(english));
}

/** Others' words that are no longer than this may stand in a sentence of ours. */
const shortWords = 300;

function oneLine(words: string): string {
  return words.replace(/\s+/g, " ").replace(/\.$/, "");
}

/** The final error for an object: what was refused, in whose words, and what to do. */
export function refusalOf(ref: ObjectRef, error: unknown): FlowdeckError {
  const { advice = [], detail } = toAppError(error);
  const object = describe(ref);
  const words = detail === undefined ? {} : { detail };
  const conflicts = conflictsOf(error);
  if (conflicts.length > 0) {
    const owners = conflicts.map((conflict) => conflict.manager).join(", ");
    return new FlowdeckError("apply-refused", message("applying.fieldsOwned", { object, owners }), {
      ...words,
      advice: message("applying.giveUp", { owners }),
      cause: error,
    });
  }
  return new FlowdeckError("apply-refused", message("applying.refused", { object, because: becauseOf(error) }), {
    ...words,
    advice,
    ...(error instanceof FlowdeckError && error.fix ? { fix: error.fix } : {}),
    cause: error,
  });
}
