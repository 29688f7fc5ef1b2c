import { latest } from "../../common/async/index.ts";
import {
  type CloudPlatform,
  cloudPlatform,
  FlowdeckError,
  localPlatform,
  type ParsedInput,
  type PlatformAction,
  type PlatformsView,
  type PlatformTool,
  type PreparedAction,
  type ToolName,
  toAppError,
} from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import type { Kubeconfigs } from "../cluster/index.ts";
import type { TerminalSessions } from "../terminal/index.ts";
import type { Tools } from "../tools/index.ts";
import { lookAtAks } from "./aks.ts";
import { Asker } from "./asker.ts";
import { cloudRecipe, groupFor } from "./cloud-recipes.ts";
import { findRuntime, lookAtComputer } from "./computer.ts";
import { lookAtEks } from "./eks.ts";
import { failureKind, signInArguments, signInCommand } from "./explain.ts";
import { lookAtGke } from "./gke.ts";
import { Jobs, type Started } from "./jobs.ts";
import { readKernelLimits } from "./kernel-limits.ts";
import { containersOf } from "./kind-containers.ts";
import { localRecipe } from "./local-recipes.ts";
import { type MadeCluster, MadeClusters } from "./made.ts";
import { digestOf, preparedOf, type Recipe } from "./recipe.ts";
import { missing, Toolbelt } from "./toolbelt.ts";
import { View } from "./view.ts";

export interface PlatformsOptions {
  tools: Pick<Tools, "environment" | "onPath">;
  kubeconfigs: Pick<Kubeconfigs, "addFile" | "removeFile">;
  dataDir: string;
  /** Where commands are shown while they run; absent where no page is. */
  terminals?: Pick<TerminalSessions, "openProgram">;
  onDamaged?: (file: string, kept: string) => void;
}

const lookAtCloud = { eks: lookAtEks, gke: lookAtGke, aks: lookAtAks } satisfies Record<CloudPlatform, unknown>;
const cloudTools: Record<CloudPlatform, ToolName> = { eks: "aws", gke: "gcloud", aks: "az" };
const showEveryMs = 80;

/** Where Kubeflow could run: what the platforms' own tools on this computer say, and what they do. */
export class Platforms {
  readonly #options: PlatformsOptions;
  readonly #belt: Toolbelt;
  readonly #made: MadeClusters;
  readonly jobs: Jobs;
  #tools: Promise<PlatformTool[]> | undefined;

  constructor(options: PlatformsOptions) {
    this.#options = options;
    this.#belt = new Toolbelt(options.tools);
    this.#made = new MadeClusters(options.dataDir, options.onDamaged);
    this.jobs = new Jobs({
      belt: this.#belt,
      made: this.#made,
      addKubeconfig: async (file) => (await options.kubeconfigs.addFile(file)).contexts,
      forgetKubeconfig: (file) => options.kubeconfigs.removeFile(file),
      terminals: options.terminals,
    });
  }

  /** What is found, as it is found. It ends with the last answer. */
  async *watch({ card, account }: ParsedInput<"platforms.watch">, signal: AbortSignal): AsyncGenerator<PlatformsView> {
    const stopped = new AbortController();
    const within = AbortSignal.any([signal, stopped.signal]);
    const view = new View();
    const work = this.#look(view, card, account, within)
      .catch((error: unknown) => {
        if (within.aborted) return;
        if (card !== undefined && card !== "computer")
          view.cloud({ platform: card, ...failureOf(card, account, error) });
        else view.computer({ state: "ready", runtimeProblem: toAppError(error) });
      })
      .finally(() => view.done());
    try {
      yield* latest({
        read: () => view.read(),
        onChange: (listener) => view.onChange(listener),
        everyMs: showEveryMs,
        signal,
        last: () => view.isDone,
      });
    } finally {
      stopped.abort();
      await work;
    }
  }

  async #look(
    view: View,
    card: ParsedInput<"platforms.watch">["card"],
    account: string | undefined,
    signal: AbortSignal,
  ) {
    // Looking again is how an installation of a tool is seen; while it is looked, all share it.
    this.#tools ??= this.#belt.look(AbortSignal.timeout(60_000)).finally(() => {
      this.#tools = undefined;
    });
    const tools = await this.#tools;
    signal.throwIfAborted();
    view.tools(tools);
    if (card === undefined) return;
    const asker = new Asker(this.#belt, (line) => view.command(line), signal);
    const isMade = await this.#made.isMade();
    if (card === "computer") {
      const has = async (name: "docker" | "podman") =>
        tools.some((tool) => tool.name === name && tool.file !== undefined);
      return await lookAtComputer(asker, view, tools, isMade, () => findRuntime(asker, has));
    }
    const tool = tools.find(({ name }) => name === cloudTools[card]);
    if (tool?.file === undefined) throw missing(cloudTools[card]);
    if (tool.problem !== undefined) throw FlowdeckError.from(tool.problem);
    await lookAtCloud[card](asker, view, account, isMade);
  }

  /** Throws `tool-missing`, `not-allowed` for what Flowdeck did not create, `invalid-input`. */
  async prepare(request: PlatformAction, signal: AbortSignal): Promise<PreparedAction> {
    const recipe = await this.#recipe(request, signal);
    const isLocal = localPlatform.safeParse(request.platform).success;
    const limits = isLocal && request.action === "create" ? await readKernelLimits() : [];
    return preparedOf(
      recipe,
      limits.filter(({ value, needed }) => value < needed),
    );
  }

  /** Throws as {@link prepare} does, `plan-stale` when it is not what was shown, `busy`. */
  async run(input: ParsedInput<"platforms.run">, signal: AbortSignal): Promise<Started> {
    const { request, digest, confirm, terminal } = input;
    if (request.action === "delete" && confirm !== request.name)
      throw new FlowdeckError("not-allowed", message("platform.typeName", { name: request.name }));
    const recipe = await this.#recipe(request, signal);
    if (digestOf(recipe) !== digest) throw new FlowdeckError("plan-stale", message("platform.stale"));
    return this.jobs.start(request, recipe, targetOf(request), terminal);
  }

  async #recipe(request: PlatformAction, signal: AbortSignal): Promise<Recipe> {
    const { dataDir } = this.#options;
    if (request.action === "delete" && (await this.#made.find(targetOf(request))) === undefined)
      throw new FlowdeckError("not-allowed", message("platform.notOurs", { name: request.name }), {
        advice: message("platform.deleteYourself"),
      });
    const local = localPlatform.safeParse(request.platform);
    let recipe: Recipe | undefined;
    if (request.action === "sign-in") recipe = signInRecipe(request);
    else if (local.success) {
      const asker = new Asker(this.#belt, () => () => undefined, signal);
      const runtime = await findRuntime(asker, async (name) => (await this.#options.tools.onPath(name)) !== undefined);
      const nodesOf = async (name: string) => (await containersOf(asker, runtime.name, name)).map((one) => one.name);
      recipe = await localRecipe(local.data, request, { dataDir, runtime, nodesOf });
    } else {
      const { region } = request;
      if (region === undefined) throw new FlowdeckError("invalid-input", message("platform.whichRegion"));
      const hasKubelogin = (await this.#options.tools.onPath("kubelogin")) !== undefined;
      recipe = cloudRecipe(cloudPlatform.parse(request.platform), { ...request, region }, { dataDir, hasKubelogin });
    }
    if (recipe === undefined) throw new FlowdeckError("invalid-input", message("platform.notThere"));
    for (const { tool } of recipe.steps)
      if ((await this.#options.tools.onPath(tool)) === undefined) throw missing(tool);
    return recipe;
  }
}

type SignIn = Extract<PlatformAction, { action: "sign-in" }>;

/** Undefined where the platform has another tool. */
function signInRecipe({ platform, name, expired, account }: SignIn): Recipe | undefined {
  if (!Object.entries(cloudTools).some(([cloud, tool]) => cloud === platform && tool === name)) return undefined;
  const args = signInArguments(name, expired, account);
  const about = message("platform.aboutSignIn", { tool: name });
  return { steps: [{ tool: name, args }], undo: [], files: [], about, minutes: 1, asks: true, warnings: [] };
}

/** How the cluster of an action is recorded: where it is found again. */
function targetOf({ action, platform, name, region, account }: PlatformAction): Omit<MadeCluster, "at"> {
  const place = platform === "aks" && action === "create" ? groupFor(name) : region;
  return {
    platform,
    name,
    ...(place === undefined || localPlatform.safeParse(platform).success ? {} : { region: place }),
    ...(account === undefined ? {} : { account }),
  };
}

function failureOf(platform: CloudPlatform, account: string | undefined, error: unknown) {
  const problem = toAppError(error);
  const isSignIn = problem.code === "credentials-rejected";
  const kind = failureKind(problem.detail ?? "");
  return {
    state: "failed" as const,
    problem,
    ...(isSignIn ? { signIn: signInCommand(cloudTools[platform], kind, account), expired: kind === "expired" } : {}),
  };
}
