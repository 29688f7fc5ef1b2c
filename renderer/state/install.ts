import { create } from "zustand";
import type {
  AppError,
  ContextId,
  Dashboard,
  GivenCertificate,
  InstallationEntry,
  InstallStatus,
  LogEntry,
  PlanSummary,
  SignInSecrets,
  UpgradeChoice,
} from "../../common/contract/index.ts";
import { setPreferences } from "./app.ts";
import { client, settle } from "./client.ts";
import { endAdoption, isAdopting } from "./plan.ts";

interface InstallationState {
  /** The installation on screen. */
  kfDir: string | undefined;
  status: InstallStatus | undefined;
  /** performance.now() when `status` came: elapsed time goes on from there. */
  receivedAt: number;
  log: readonly LogEntry[];
  known: InstallationEntry[] | undefined;
  knownError: AppError | undefined;
  error: AppError | undefined;
  dashboard: Dashboard | undefined;
  dashboardError: AppError | undefined;
}

const none = {
  kfDir: undefined,
  status: undefined,
  receivedAt: 0,
  log: [],
  error: undefined,
  dashboard: undefined,
  dashboardError: undefined,
};

export const useInstall = create<InstallationState>(() => ({ ...none, known: undefined, knownError: undefined }));

/** More than the longest installation writes; beyond it the oldest entries go. */
const keptEntries = 10_000;
let stopWatching: (() => void) | undefined;

function takeStatus(status: InstallStatus): void {
  const before = useInstall.getState().status;
  useInstall.setState({ status, receivedAt: performance.now() });
  if (status.state === "installed" || status.state === "removed") endAdoption(status.kfDir);
  // the list on the first screen says the same thing
  if (before?.state !== status.state) loadInstallations().catch(() => undefined);
}

/** Adds a batch; an entry that came before (a stream opened again) is not added twice. */
export function mergeLog(log: readonly LogEntry[], batch: readonly LogEntry[]): readonly LogEntry[] {
  const last = log.at(-1)?.seq ?? Number.NEGATIVE_INFINITY;
  const fresh = batch.filter((entry) => entry.seq > last);
  return fresh.length === 0 ? log : [...log, ...fresh].slice(-keptEntries);
}

/** Puts an installation on screen and follows it until another one is opened. */
export function openInstallation(kfDir: string): void {
  if (useInstall.getState().kfDir === kfDir && stopWatching) return;
  closeInstallation();
  useInstall.setState({ ...none, kfDir });
  const status = client().subscribe(
    "install.watch",
    { kfDir },
    { onItem: takeStatus, onError: (error) => useInstall.setState({ error }) },
  );
  const log = client().subscribe("install.log", () => ({ kfDir, after: useInstall.getState().log.at(-1)?.seq ?? 0 }), {
    onItem: (batch) => useInstall.setState((state) => ({ log: mergeLog(state.log, batch) })),
    onError: (error) => useInstall.setState({ error }),
  });
  stopWatching = () => {
    status();
    log();
  };
}

export function closeInstallation(): void {
  stopWatching?.();
  stopWatching = undefined;
  useInstall.setState(none);
}

/** What a request answers is shown at once; undefined, with the error in the state, when it failed. */
async function run(work: Promise<InstallStatus>): Promise<InstallStatus | undefined> {
  useInstall.setState({ error: undefined });
  const answer = await settle(work);
  if (answer.ok) takeStatus(answer.value);
  else useInstall.setState({ error: answer.error });
  return answer.ok ? answer.value : undefined;
}

/** Begins to apply a plan; true when it began. Password and secrets go to the backend and are kept nowhere here. */
export async function startInstall(
  plan: PlanSummary,
  {
    password,
    secrets,
    certificate,
    signIn,
    baseDir,
    upgrade,
  }: {
    password: string;
    secrets: Record<string, string>;
    certificate: GivenCertificate | undefined;
    signIn: SignInSecrets | undefined;
    baseDir: string;
    /** Of a change of what is installed: what was decided. */
    upgrade?: UpgradeChoice;
  },
): Promise<boolean> {
  const given = {
    ...(password === "" ? {} : { password }),
    ...(Object.keys(secrets).length === 0 ? {} : { secrets }),
    ...(certificate ? { certificate } : {}),
    ...(signIn ? { signIn } : {}),
    ...(upgrade ? { upgrade } : {}),
  };
  const began = await run(client().call("install.start", { plan: plan.id, ...given }));
  if (!began) return false;
  const { kfDir } = began;
  // the journal is new: what an earlier installation here wrote is not shown again
  closeInstallation();
  openInstallation(kfDir);
  takeStatus(began);
  await setPreferences({ lastKfDir: kfDir, baseDir });
  return true;
}

/** What was asked to go on and has not been answered, by folder. */
const continuing = new Map<string, Promise<boolean>>();

/** Pressed twice it is asked once: the second would be told that the folder is in use, by the first. */
export function continueInstall(kfDir: string, context: ContextId): Promise<boolean> {
  openInstallation(kfDir);
  const adopt = isAdopting(context, kfDir);
  const asked =
    continuing.get(kfDir) ??
    run(client().call("install.continue", { kfDir, context, ...(adopt ? { adopt } : {}) }))
      .then((status) => status !== undefined)
      .finally(() => continuing.delete(kfDir));
  continuing.set(kfDir, asked);
  return asked;
}

export async function cancelInstall(kfDir: string): Promise<boolean> {
  return (await run(client().call("install.cancel", { kfDir }))) !== undefined;
}

/** The last error, for a view that says it itself; nobody else shows it any more. */
export function takeInstallError(): AppError | undefined {
  const { error } = useInstall.getState();
  useInstall.setState({ error: undefined });
  return error;
}

/**
 * `others`: also what others made in the installation's namespaces. `force`: also where the KfDef says that it was applied to a cluster of another name. `installation`: the id in the
 * folder, confirmed where this computer did not install it.
 */
export async function removeInstallation(
  kfDir: string,
  context: ContextId,
  { installation, ...choice }: { data: boolean; others?: boolean; force?: boolean; installation?: string | undefined },
): Promise<boolean> {
  openInstallation(kfDir);
  useInstall.setState({ dashboard: undefined });
  const began = await run(
    client().call("install.remove", { kfDir, context, ...choice, ...(installation ? { installation } : {}) }),
  );
  if (began) await setPreferences({ lastKfDir: kfDir });
  return began !== undefined;
}

export async function loadInstallations(): Promise<void> {
  const answer = await settle(client().call("install.list", {}));
  useInstall.setState(answer.ok ? { known: answer.value, knownError: undefined } : { knownError: answer.error });
}

/** Takes an installation out of the list; its folder stays as it is. */
export async function forgetInstallation(kfDir: string): Promise<void> {
  const answer = await settle(client().call("install.forget", { kfDir }));
  if (answer.ok && useInstall.getState().kfDir === kfDir) closeInstallation();
  if (!answer.ok) useInstall.setState({ knownError: answer.error });
  await loadInstallations();
}

/** Opens the port-forward; gives the address, or undefined when that failed (the reason is in the store). */
export async function openDashboard(kfDir: string, context: ContextId): Promise<string | undefined> {
  useInstall.setState({ dashboardError: undefined });
  const answer = await settle(client().call("dashboard.open", { kfDir, context }));
  useInstall.setState(answer.ok ? { dashboard: answer.value } : { dashboardError: answer.error });
  return answer.ok ? answer.value.url : undefined;
}

export async function closeDashboard(kfDir: string): Promise<void> {
  const answer = await settle(client().call("dashboard.close", { kfDir }));
  useInstall.setState(answer.ok ? { dashboard: undefined } : { dashboardError: answer.error });
}

export function isActive(status: InstallStatus | undefined): boolean {
  return status?.state === "running" || status?.state === "removing";
}
