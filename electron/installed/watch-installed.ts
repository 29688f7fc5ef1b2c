import type { ContextId, InstalledView } from "../../common/contract/index.ts";
import { type ClusterConnections, pause } from "../cluster/index.ts";
import type { Installer } from "../install/index.ts";
import { type Answer, derive, type LiveLists, type Look } from "../objects/index.ts";
import { findKubeflow, usualNamespaces } from "./found.ts";
import { lookAtInstallation, viewOf } from "./look-at-installation.ts";
import { readSubjects } from "./read-subjects.ts";
import { type Subject, usualDashboard } from "./subject.ts";

interface Deps {
  connections: ClusterConnections;
  installer: Pick<Installer, "recorded">;
  lists: LiveLists;
}

/** Folders may be worked on by the command line, which tells nobody. */
const readAgainMs = 5_000;

/** The installations of a cluster as they are, now and after each change. */
export async function* watchInstalled(
  deps: Deps,
  context: ContextId,
  signal: AbortSignal,
): AsyncGenerator<{ installations: InstalledView[] }, void, void> {
  let subjects = await read(deps, context, signal);
  while (!signal.aborted) {
    const changed = new AbortController();
    const ended = AbortSignal.any([signal, changed.signal]);
    const current = subjects;
    const following = follow(deps, context, current, ended).then((next) => {
      subjects = next;
      changed.abort();
    });
    try {
      yield* derive(deps.lists, { context, everyMs: 400, tickMs: 15_000, signal: ended }, (look) => ({
        installations: viewsOf(look, current),
      }));
    } finally {
      changed.abort();
      await following;
    }
  }
}

function viewsOf(look: Look, subjects: readonly Subject[]): InstalledView[] {
  if (subjects.length > 0) return subjects.map((subject) => lookAtInstallation(look, subject));
  const found = lookForKubeflow(look);
  return found ? [found] : [];
}

/** A Kubeflow that Flowdeck did not install, by the names of its workloads in the usual namespaces. */
function lookForKubeflow(look: Look): InstalledView | undefined {
  const asked: Answer[] = [];
  const workloads = usualNamespaces.flatMap((namespace) =>
    ["Deployment", "StatefulSet"].flatMap((kind) => {
      const answer = look.list({ apiVersion: "apps/v1", kind, namespace });
      asked.push(answer);
      return answer.objects;
    }),
  );
  const found = findKubeflow(workloads);
  if (found === undefined) return undefined;
  const subject: Subject = {
    ...{ id: "found", origin: "other", name: "kubeflow", release: "", state: "installed", objects: 0 },
    title: found.version ? `Kubeflow ${found.version}` : "Kubeflow",
    components: found.components,
    workloads: undefined,
    dashboard: usualDashboard,
  };
  return viewOf(look, subject, found.workloads, asked);
}

/** Resolves with what is recorded once that is other than `before`; with `before` when aborted. */
async function follow(
  deps: Deps,
  context: ContextId,
  before: readonly Subject[],
  signal: AbortSignal,
): Promise<Subject[]> {
  const known = JSON.stringify(before);
  while (!signal.aborted) {
    await pause(readAgainMs, signal).catch(() => undefined);
    if (signal.aborted) break;
    // What can't be read now is as it was.
    const now = await read(deps, context, signal).catch(() => undefined);
    if (now !== undefined && JSON.stringify(now) !== known && !signal.aborted) return now;
  }
  return [...before];
}

function read({ connections, installer }: Deps, context: ContextId, signal: AbortSignal): Promise<Subject[]> {
  return connections.use(context, (client) => readSubjects(client, installer, context, signal));
}
