import { latest } from "../../common/async/index.ts";
import {
  type ConnectorDraft,
  connectorProblems,
  type SignInProbe,
  type SignInProgress,
  type signInContract,
  toAppError,
} from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import type { ClusterConnections } from "../cluster/index.ts";
import type { Served } from "../host/index.ts";
import type { Installer } from "../install/index.ts";
import { applyChange } from "./apply-change.ts";
import { checkConnector } from "./check-connector.ts";
import type { Finding } from "./finding.ts";
import { readState } from "./read-state.ts";
import { review } from "./review.ts";
import type { Work } from "./work.ts";

export interface SignInDeps {
  connections: Pick<ClusterConnections, "use">;
  installer: Pick<Installer, "recorded" | "signInRecord" | "openDashboard">;
  /** bcrypt's cost, lower in tests. */
  cost?: number;
}

const everyMs = 100;

/** Who signs in to a Kubeflow, and how, behind the contract. */
export function serveSignIn(deps: SignInDeps): Served<typeof signInContract> {
  const { connections, installer } = deps;
  const isRecorded = async (kfDir: string | undefined) =>
    kfDir !== undefined && (await installer.recorded()).some((one) => one.kfDir === kfDir && one.password);
  return {
    methods: {
      "signIn.check": async ({ draft, probe }, signal) => ({ findings: await check(draft, probe, signal) }),
      "signIn.read": ({ context, kfDir }, signal) =>
        connections.use(context, async (client) => readState(client, await isRecorded(kfDir), signal)),
      "signIn.review": ({ context, kfDir, change }, signal) =>
        connections.use(context, async (client) =>
          review(client, change, { recorded: await isRecorded(kfDir), signal }),
        ),
      "signIn.apply": ({ kfDir, ...input }, signal) => follow(deps, { ...input, kfDir }, signal),
    },
  };
}

async function check(draft: ConnectorDraft, probe: SignInProbe | undefined, signal: AbortSignal): Promise<Finding[]> {
  const problems = Object.entries(connectorProblems(draft));
  if (problems.length === 0) return checkConnector(draft, { probe, signal });
  return problems.map(([field, problem]) => ({
    tone: "bad",
    said: message("people.fieldWrong", { field, why: message(`connectorProblem.${problem}`) }),
  }));
}

type Input = Pick<Work, "context" | "kfDir" | "change" | "digest">;

/** How a change is doing, until it is done; ending it takes back what is not done. */
async function* follow(
  deps: SignInDeps,
  input: Input,
  signal: AbortSignal,
): AsyncGenerator<SignInProgress, void, void> {
  let progress: SignInProgress = { state: "running", step: "prepare", fraction: 0, notes: [] };
  const listeners = new Set<() => void>();
  const set = (next: SignInProgress) => {
    progress = next;
    for (const heard of [...listeners]) heard();
  };
  const ended = new AbortController();
  const within = AbortSignal.any([signal, ended.signal]);
  const { installer, cost } = deps;
  const work = deps.connections
    .use(input.context, (client) =>
      applyChange({
        ...{ ...input, client, installer, signal: within, ...(cost === undefined ? {} : { cost }) },
        tell: (change) => set({ ...progress, ...change }),
        note: (tone, said) => set({ ...progress, notes: [...progress.notes, { tone, said }] }),
      }),
    )
    .catch((error: unknown) => set({ ...progress, state: "failed", problem: toAppError(error) }));
  try {
    yield* latest({
      read: () => progress,
      onChange: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      everyMs,
      signal: within,
      last: ({ state }) => state !== "running",
    });
  } finally {
    ended.abort();
    await work;
  }
}
