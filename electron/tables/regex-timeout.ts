import { createContext, Script } from "node:vm";

/** Calls what lies in its context; a script's time limit reaches into regular expressions that would never end. */
const context: { work?: () => void } = {};
createContext(context);
const script = new Script("work()");

/** Runs `work`, which may match regular expressions, for `ms` at most; undefined when that was not enough. */
export function withTimeLimit<T>(work: () => T, ms: number): T | undefined {
  let result: { value: T } | undefined;
  context.work = () => {
    result = { value: work() };
  };
  try {
    script.runInContext(context, { timeout: ms });
  } catch (error) {
    // Made in the script's context, whose Error is another than ours.
    const { code } = error as { code?: unknown };
    if (code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return undefined;
    throw error;
  } finally {
    delete context.work;
  }
  return result?.value;
}
