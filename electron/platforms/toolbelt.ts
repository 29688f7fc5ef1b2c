import { FlowdeckError, type PlatformTool, type ToolName, toolName } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import type { ProgramTerminal } from "../terminal/index.ts";
import type { Tools } from "../tools/index.ts";
import { runInTerminal } from "./run-in-terminal.ts";
import { runTool, type ToolEnd, type ToolRun } from "./run-tool.ts";
import { installAdvice, isTooOld, toolFacts } from "./tool-list.ts";

const versionMs = 20_000;

/** Our output is not drawn page by page, nothing asks a question, and nothing reports home. */
const quiet = {
  AWS_PAGER: "",
  AWS_CLI_AUTO_PROMPT: "off",
  CLOUDSDK_CORE_DISABLE_PROMPTS: "1",
  CLOUDSDK_CORE_SHOW_STRUCTURED_LOGS: "never",
  CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK: "1",
  AZURE_CORE_COLLECT_TELEMETRY: "false",
  AZURE_CORE_NO_COLOR: "true",
  AZURE_CORE_ONLY_SHOW_ERRORS: "true",
  MINIKUBE_IN_STYLE: "false",
  EKSCTL_COLOR: "false",
};

/** The platforms' tools on PATH, and the only way to run them. */
export class Toolbelt {
  readonly #tools: Pick<Tools, "environment" | "onPath">;

  constructor(tools: Pick<Tools, "environment" | "onPath">) {
    this.#tools = tools;
  }

  get environment(): NodeJS.ProcessEnv {
    return this.#tools.environment();
  }

  /** All tools, each with its version or with what is wrong with it. */
  look(signal: AbortSignal): Promise<PlatformTool[]> {
    return Promise.all(toolName.options.map((name) => this.#lookAt(name, signal)));
  }

  /**
   * Runs a tool. Throws `tool-missing` where it is not on PATH, `tool-failed` where it can't be started, and the signal's
   * reason; an exit code is no exception.
   */
  async run(
    name: ToolName,
    args: readonly string[],
    options: Omit<ToolRun, "env"> & {
      env?: Record<string, string>;
      /** Where it is seen; without, only its output is taken. */
      terminal?: ProgramTerminal | undefined;
      /** It may ask, and is answered in its terminal. */
      asks?: boolean | undefined;
    },
  ): Promise<ToolEnd> {
    const file = await this.#tools.onPath(name);
    if (file === undefined) throw missing(name);
    const { terminal, asks = false } = options;
    const env = this.#tools.environment({ ...(asks ? {} : quiet), ...options.env });
    try {
      if (terminal !== undefined) {
        const end = await runInTerminal(terminal, file, args, { ...options, env }).catch((error: unknown) => {
          // Without pseudo terminals there is still its output.
          if (asks || !(error instanceof FlowdeckError && error.code === "tool-missing")) throw error;
        });
        if (end) return end;
      }
      return await runTool(file, args, { ...options, env });
    } catch (error) {
      options.signal.throwIfAborted();
      if (error instanceof FlowdeckError) throw error;
      throw new FlowdeckError("tool-failed", message("platform.notStarted", { tool: name, file }), {
        detail: error instanceof Error ? error.message : String(error),
        cause: error,
      });
    }
  }

  async #lookAt(name: ToolName, signal: AbortSignal): Promise<PlatformTool> {
    const install = installAdvice(name);
    const file = await this.#tools.onPath(name);
    if (file === undefined) return { name, install };
    try {
      const { stdout, stderr, code, timedOut } = await this.run(name, toolFacts[name].version, {
        signal,
        timeoutMs: versionMs,
      });
      const version = toolFacts[name].read.exec(`${stdout}\n${stderr}`)?.[1];
      if (timedOut || version === undefined) {
        const problem = new FlowdeckError("tool-failed", message("platform.noVersion", { tool: name, file }), {
          advice: install,
          ...(stderr === "" ? {} : { detail: lastLines(stderr) }),
        });
        // A plugin without a version does its work all the same.
        return { name, file, install, ...(code === 0 && !timedOut ? {} : { problem: problem.toJSON() }) };
      }
      if (!isTooOld(name, version)) return { name, file, version, install };
      const needed = toolFacts[name].atLeast?.join(".") ?? "";
      const problem = new FlowdeckError("tool-failed", message("platform.tooOld", { tool: name, version, needed }), {
        advice: install,
      });
      return { name, file, version, install, problem: problem.toJSON() };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof FlowdeckError)) throw error;
      return { name, file, install, problem: error.toJSON() };
    }
  }
}

export function missing(name: ToolName): FlowdeckError {
  return new FlowdeckError("tool-missing", message("platform.missing", { tool: name }), {
    advice: installAdvice(name),
  });
}

/** The end of what a tool wrote, where it says what went wrong. */
export function lastLines(text: string, count = 6): string {
  return text
    .trim()
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(-count)
    .join("\n")
    .slice(-2_000);
}
