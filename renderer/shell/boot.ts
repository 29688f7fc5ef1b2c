import type { InstallationEntry } from "../../common/contract/index.ts";
import type { Client } from "../state/api/client.ts";
import { startApp, useApp } from "../state/app.ts";
import { watchChecks } from "../state/checks.ts";
import { provideClient } from "../state/client.ts";
import { reconnectRemembered, watchContexts } from "../state/cluster.ts";
import { restoreDock } from "../state/dock.ts";
import { inspectKfDir, loadReleases, restoreDraft } from "../state/draft.ts";
import { watchForwards } from "../state/forwards.ts";
import { loadInstallations, openInstallation, useInstall } from "../state/install.ts";
import { followOpenClusters } from "../state/open-clusters.ts";
import { watchPlan } from "../state/plan.ts";
import { watchPractice } from "../state/practice.ts";
import {
  followAddress,
  formatRoute,
  go,
  goStep,
  parseRoute,
  type Route,
  type StepId,
  useRoute,
} from "../state/route.ts";
import { recall, remember } from "../state/storage.ts";
import { watchTerminals } from "../state/terminal.ts";

/** Loads where the user stood and follows what changes by itself. The subscriptions live as long as the page. */
export async function boot(client: Client): Promise<void> {
  provideClient(client);
  followAddress();
  await startApp();
  watchContexts();
  followOpenClusters();
  watchPractice();
  watchForwards();
  watchPlan();
  watchChecks();
  watchTerminals();
  restoreDock();
  const { info, preferences } = useApp.getState();
  restoreDraft(preferences.baseDir ?? info?.home ?? "");
  const others = Promise.all([loadReleases(), inspectKfDir(), reconnectRemembered()]);
  await restorePlace(preferences.lastKfDir);
  useInstall.subscribe(({ kfDir }) => remember("kfDir", kfDir ?? null));
  useRoute.subscribe(({ route }) => remember("route", formatRoute(route)));
  await others;
}

/**
 * Goes where the user stood. Nothing slow is waited for, such as a cluster that does not answer: by then the user may be
 * about to press something, and what is under the pointer must not become another page. Whoever went on stays there.
 */
async function restorePlace(lastKfDir: string | undefined): Promise<void> {
  const addressed = window.location.hash !== "";
  if (!addressed) go(routeToShow(recall("route")));
  const start = formatRoute(useRoute.getState().route);
  await loadInstallations();
  const back = installationToShow(useInstall.getState().known ?? [], recall("kfDir"), lastKfDir);
  if (!back) return;
  const went = formatRoute(useRoute.getState().route) !== start;
  if (useInstall.getState().kfDir === undefined) openInstallation(back.entry.kfDir);
  if (!went && (back.active || (back.unfinished && !addressed))) goStep("install");
}

/** Where the user stood before the app ended, if that was in the settings: later steps depend on what is true now. */
export function routeToShow(remembered: unknown): Route {
  const route = parseRoute(typeof remembered === "string" ? remembered : "");
  return route.place === "install" && !settingSteps.includes(route.step) ? { place: "home" } : route;
}

const settingSteps: readonly StepId[] = ["cluster", "settings", "components", "checks", "plan"];

const activeStates = ["running", "removing"];
const unfinishedStates = ["interrupted", "failed", "cancelled"];

/**
 * Which installation is put on screen at the start: one that is being worked on comes before the one that was on screen
 * in this window, that one before the one worked on last.
 */
export function installationToShow(
  known: readonly InstallationEntry[],
  onScreen: unknown,
  last: string | undefined,
): { entry: InstallationEntry; active: boolean; unfinished: boolean } | undefined {
  const entry =
    known.find(({ state }) => activeStates.includes(state)) ??
    known.find(({ kfDir }) => kfDir === onScreen) ??
    known.find(({ kfDir }) => kfDir === last);
  if (!entry) return undefined;
  return { entry, active: activeStates.includes(entry.state), unfinished: unfinishedStates.includes(entry.state) };
}
