import { contract, type MethodName, type StreamName } from "./index.ts";

/** The contract's names, for what is made from them: dispatch, channels, the window's bridge. */
export const methodNames = namesOf("method") as readonly MethodName[];
export const streamNames = namesOf("stream") as readonly StreamName[];

function namesOf(kind: "method" | "stream"): string[] {
  return Object.entries(contract).flatMap(([name, entry]) => (entry.kind === kind ? [name] : []));
}

export function isMethodName(name: string): name is MethodName {
  return Object.hasOwn(contract, name) && contract[name as MethodName].kind === "method";
}

export function isStreamName(name: string): name is StreamName {
  return Object.hasOwn(contract, name) && contract[name as StreamName].kind === "stream";
}
