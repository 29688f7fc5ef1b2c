import type { InstallSettings, ReleaseInfo } from "../../electron/contract/index.ts";
import { type ClusterState, chosenContext, findContext, useCluster } from "../store/cluster.ts";
import { useDraft } from "../store/draft.ts";
import { hasSignIn, useInstall } from "../store/install.ts";
import { chosenIds, withNeeds } from "./components/selection.ts";
import { type Problems, settingsOf, validateDraft } from "./settings/validate.ts";

/** The release the draft is about. */
export function currentRelease(draft = useDraft.getState()): ReleaseInfo | undefined {
  return draft.releases?.find((release) => release.id === draft.release);
}

/** All components that would be installed: the chosen ones and what they need. */
export function currentComponents(draft = useDraft.getState()): string[] {
  const release = currentRelease(draft);
  return release ? [...withNeeds(release.components, chosenIds(release, draft.components)).keys()] : [];
}

export function currentProblems(draft = useDraft.getState()): Problems {
  const signIn = hasSignIn(currentRelease(draft));
  return validateDraft({ draft, password: draft.password, signIn, folder: draft.folder });
}

/** What would be asked of the backend now, or undefined while settings or the cluster are missing. */
export function currentRequest(
  draft = useDraft.getState(),
  cluster = useCluster.getState(),
): { context: string; settings: InstallSettings } | undefined {
  const context = chosenContext(cluster);
  if (!context) return undefined;
  const platform = context.practice ? "practice" : "existing";
  const settings = settingsOf(draft, platform, context.name, currentComponents(draft));
  return settings && { context: context.id, settings };
}

/**
 * The context an installation belongs to, as its own record says: by id, else by the name in its settings. Undefined
 * when no kubeconfig file has it.
 */
export function installationContext(
  {
    status,
    known,
    kfDir,
  }: Pick<ReturnType<typeof useInstall.getState>, "status" | "known" | "kfDir"> = useInstall.getState(),
  { list }: Pick<ClusterState, "list"> = useCluster.getState(),
): { id: string | undefined; name: string | undefined } {
  const name = known?.find((entry) => entry.kfDir === kfDir)?.contextName;
  const found = findContext(list, status?.context) ?? findContext(list, name);
  return { id: found?.id, name: found?.name ?? name ?? status?.context };
}

/** {@link installationContext} for what is drawn: a list that comes later, or a record that is known later, counts. */
export function useInstallationContext(): ReturnType<typeof installationContext> {
  const status = useInstall((state) => state.status);
  const known = useInstall((state) => state.known);
  const kfDir = useInstall((state) => state.kfDir);
  const list = useCluster((state) => state.list);
  return installationContext({ status, known, kfDir }, { list });
}
