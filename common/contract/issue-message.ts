import type { z } from "zod";
import { isMessageId, type Message, message, verbatim } from "../words/index.ts";

/** Why a schema rejects a value, in our own words; in zod's where it is none of the usual reasons. */
export function issueMessage(issue: z.core.$ZodIssue): Message {
  if (isMissing(issue)) return message("value.missing");
  const rule = `setting.${issue.message}`;
  // A rule's key stands for a value of another type, too, and is wrong about that.
  if (issue.code !== "invalid_type" && isMessageId(rule)) return { id: rule, params: {} };
  switch (issue.code) {
    case "invalid_type":
      return types[issue.expected] ?? verbatim(issue.message);
    case "invalid_value":
      return oneOf(issue.values.map(String));
    case "unrecognized_keys":
      return message("value.unknownFields", { names: issue.keys.join(", ") });
    case "too_big":
      return issue.origin === "string" ? message("value.tooLong") : verbatim(issue.message);
    case "invalid_format":
      return message("value.form");
    default:
      return verbatim(issue.message);
  }
}

/** Whether there is no value at all; of choices this is known only where the schema was asked to report its input. */
function isMissing(issue: z.core.$ZodIssue): boolean {
  if (issue.code !== "invalid_type" && issue.code !== "invalid_value") return false;
  return Object.hasOwn(issue, "input") ? issue.input === undefined : issue.message.endsWith("received undefined");
}

function oneOf(values: readonly string[]): Message {
  const [only = "", ...more] = values;
  return more.length === 0
    ? message("value.only", { value: only })
    : message("value.notAllowed", { values: values.join(", ") });
}

const types: Readonly<Record<string, Message>> = {
  string: message("value.text"),
  number: message("value.number"),
  boolean: message("value.boolean"),
  array: message("value.list"),
  object: message("value.mapping"),
  record: message("value.mapping"),
};
