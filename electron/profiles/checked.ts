import { FlowdeckError } from "../../common/contract/index.ts";
import {
  amountProblem,
  type Hard,
  limitOf,
  profileNameProblem,
  quotaColumns,
  quotaResources,
  userProblem,
} from "../../common/kube/index.ts";
import { type Message, message } from "../../common/words/index.ts";

/** What is wrong with something entered, and what to enter instead. */
export interface Fault {
  said: Message;
  advice?: Message;
}

export function nameFault(name: string): Fault | undefined {
  switch (profileNameProblem(name)) {
    case "empty":
      return { said: message("profile.nameEmpty") };
    case "long":
      return { said: message("profile.nameLong") };
    case "characters":
      return { said: message("profile.nameCharacters", { name }) };
    default:
      return undefined;
  }
}

/** Cells of a spreadsheet that start like this are formulas to the next spreadsheet. */
const formula = /^[=+\-@\t\r]/;

export function userFault(user: string): Fault | undefined {
  const problem = userProblem(user);
  if (problem === undefined) return undefined;
  const advice = message("profile.userWay");
  if (problem === "empty") return { said: message("profile.userEmpty"), advice };
  return { said: message(formula.test(user) ? "profile.userFormula" : "profile.userNotAddress", { user }), advice };
}

/** The first amount that is none; resources that Flowdeck doesn't know are checked as numbers. */
export function quotaFault(hard: Hard): Fault | undefined {
  for (const [resource, amount] of Object.entries(hard)) {
    const column = quotaColumns.find((one) => limitOf({ [resource]: amount }, one) !== undefined) ?? "cpu";
    const problem = amountProblem(column, amount);
    if (problem === undefined) continue;
    const params = { amount, resource };
    if (problem === "whole") return { said: message("profile.amountNotWhole", params) };
    if (problem === "unit") return { said: message("profile.amountUnit", params) };
    return { said: message("profile.amountNotQuantity", params), advice: message("profile.amountWay") };
  }
  return undefined;
}

/** Throws `invalid-input` for the first fault. */
export function refuse(...faults: (Fault | undefined)[]): void {
  const fault = faults.find((one) => one !== undefined);
  if (fault === undefined) return;
  throw new FlowdeckError("invalid-input", fault.said, fault.advice === undefined ? {} : { advice: fault.advice });
}

/** A quota as one line: "cpu 4, memory 16Gi". */
export function quotaLine(hard: Hard): Message | string {
  const known: readonly string[] = Object.values(quotaResources);
  // What Flowdeck doesn't know comes last.
  const rank = (resource: string) => (known.indexOf(resource) + known.length + 1) % (known.length + 1);
  const lines = Object.entries(hard)
    .toSorted(([a], [b]) => rank(a) - rank(b))
    .map(([resource, amount]) => `${resource} ${amount}`);
  return lines.length === 0 ? message("profile.noLimit") : lines.join(", ");
}
