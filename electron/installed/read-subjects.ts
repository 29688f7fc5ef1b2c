import type { ContextId } from "../../common/contract/index.ts";
import type { ClusterClient } from "../cluster/index.ts";
import { clusterUid, type Installer, listRecords } from "../install/index.ts";
import { type Subject, usualDashboard } from "./subject.ts";

type Recorded = Awaited<ReturnType<Installer["recorded"]>>[number];

/**
 * The installations that Flowdeck made in a cluster: those of this computer's folders, and those that others left a record
 * of there.
 */
export async function readSubjects(
  client: ClusterClient,
  installer: Pick<Installer, "recorded">,
  context: ContextId,
  signal: AbortSignal,
): Promise<Subject[]> {
  const [cluster, recorded, records] = await Promise.all([
    // Who may not read kube-system is told by the context alone.
    clusterUid(client).catch(() => ""),
    installer.recorded(),
    listRecords(client, signal),
  ]);
  const here = recorded.filter(({ state, journal }) => {
    const { run } = journal;
    const isThere = cluster === "" ? run?.context === context : run?.cluster === cluster;
    return isThere && state !== "removed" && state !== "none" && state !== "planned";
  });
  const ids = new Set(here.map(({ id }) => id));
  const elsewhere = records.filter(({ installation }) => installation !== "" && !ids.has(installation));
  return [
    ...here.map(subjectHere),
    ...elsewhere.map(
      ({ installation, kfDir, host, title, since }): Subject => ({
        ...{ id: installation, origin: "elsewhere", kfDir, host, title, release: "", state: "installed", objects: 0 },
        name: kfDir.split(/[\\/]/).at(-1) ?? title,
        ...(since ? { installedAt: since } : {}),
        components: [],
        workloads: undefined,
        dashboard: usualDashboard,
      }),
    ),
  ];
}

function subjectHere({ id, kfDir, settings, journal, state, dashboard, password }: Recorded): Subject {
  const applied = [...journal.objects].filter(([key]) => journal.applied.has(key)).map(([, object]) => object);
  const at = journal.install?.at;
  return {
    ...{ id, kfDir, state, dashboard, origin: "here", name: settings.name },
    release: journal.install?.release ?? settings.release,
    title: journal.install?.title ?? settings.release,
    ...(at ? { installedAt: at } : {}),
    objects: applied.length,
    components: Object.entries(journal.titles).map(([component, title]) => ({ id: component, title })),
    workloads: applied.filter(({ ref }) => isWatched(ref)).map(({ ref, component }) => ({ ref, component })),
    signIn: { password, ...(password ? { email: settings.email } : {}) },
  };
}

/** The kinds of workloads that run all the time; Jobs come to an end, and their pods go. */
export const watchedKinds = ["Deployment", "StatefulSet", "DaemonSet"] as const;

function isWatched({ apiVersion, kind }: { apiVersion: string; kind: string }): boolean {
  return apiVersion === "apps/v1" && watchedKinds.some((watched) => watched === kind);
}
