import {
  type ContextId,
  type InstallSettings,
  type KfDefDocument,
  platformOf,
  type ReleaseInfo,
} from "../../../common/contract/index.ts";
import { type WrittenAccess, writtenAccess } from "../../state/access-draft.ts";
import { type ClusterState, chosenContext, findContext, findContextByName, useCluster } from "../../state/cluster.ts";
import { useDraft } from "../../state/draft.ts";
import { useInstall } from "../../state/install.ts";
import { useKfDef } from "../../state/kfdef.ts";
import { chosenIds, withNeeds } from "./components/selection.ts";
import { type KfDefAsk, type Problems, passwordOptional, settingsOf, validateDraft } from "./settings/validate.ts";

/** The release the draft is about. */
export function currentRelease(draft = useDraft.getState()): ReleaseInfo | undefined {
  return draft.releases?.find((release) => release.id === draft.release);
}

/** CONFIG_URI where the release is a KfDef: one of its files, or the user's own (which may not be written yet). */
export function currentConfigUri(draft = useDraft.getState()): string | undefined {
  const files = currentRelease(draft)?.capabilities.files;
  if (files === undefined) return undefined;
  return draft.kfdef.file === "own" ? draft.kfdef.ownUri.trim() : files[draft.kfdef.file];
}

/** Where KF_DIR would have its own copy of the KfDef, when an installation is there: the copy counts, not CONFIG_URI. */
export function currentKfDefCopy(draft = useDraft.getState()): string | undefined {
  const { folder } = draft;
  const fileName = currentConfigUri(draft)?.split(/[?#]/)[0]?.split(/[\\/]/).at(-1);
  return fileName && folder?.installation ? `${folder.path}/${fileName}` : undefined;
}

/** The KfDef that is asked for, once it was read. */
export function currentDocument(draft = useDraft.getState(), kfdef = useKfDef.getState()): KfDefDocument | undefined {
  const configUri = currentConfigUri(draft);
  return configUri !== undefined && kfdef.configUri === configUri ? kfdef.document : undefined;
}

/** Whether people sign in, so that an e-mail and a password are asked for. */
export function currentSignIn(draft = useDraft.getState(), kfdef = useKfDef.getState()): boolean {
  const release = currentRelease(draft);
  if (release?.capabilities.signIn !== "dex")
    return release?.capabilities.signIn === "password" && draft.auth === "dex";
  const { file } = draft.kfdef;
  return file === "own" ? currentDocument(draft, kfdef)?.auth === "dex" : file === "dex";
}

function currentAsk(draft: ReturnType<typeof useDraft.getState>, kfdef: ReturnType<typeof useKfDef.getState>) {
  const configUri = currentConfigUri(draft);
  if (configUri === undefined) return undefined;
  const { edited } = draft.kfdef;
  const ask: KfDefAsk = {
    configUri,
    auth: currentSignIn(draft, kfdef) ? "dex" : "standard",
    text: edited?.configUri === configUri ? edited.text : undefined,
  };
  return ask;
}

/** All components that would be installed: the chosen ones and what they need. Of a KfDef, its applications. */
export function currentComponents(draft = useDraft.getState(), kfdef = useKfDef.getState()): string[] {
  const release = currentRelease(draft);
  if (release?.capabilities.components === "file")
    return currentDocument(draft, kfdef)?.applications.map(({ name }) => name) ?? [];
  return release ? [...withNeeds(release.components, chosenIds(release, draft.components)).keys()] : [];
}

/** What keeps a KfDef from being built, or undefined when nothing does (or the release is none). */
export function currentKfDefProblem(
  draft = useDraft.getState(),
  kfdef = useKfDef.getState(),
): "reading" | "errors" | "secrets" | undefined {
  const configUri = currentConfigUri(draft);
  if (configUri === undefined) return undefined;
  const document = currentDocument(draft, kfdef);
  if (kfdef.configUri === configUri && kfdef.error !== undefined) return "errors";
  if (document === undefined || kfdef.reading) return "reading";
  if (document.issues.some(({ level }) => level === "error")) return "errors";
  const missing = document.secrets.some(({ name, source }) => source === "literal" && !kfdef.secrets[name]);
  return missing ? "secrets" : undefined;
}

/** How people will reach it, as it is written. */
export function currentAccess(draft = useDraft.getState()): WrittenAccess {
  return writtenAccess(draft.access, draft.certificate, passwordOptional(draft.folder));
}

export function currentProblems(draft = useDraft.getState(), kfdef = useKfDef.getState()): Problems {
  const ask = currentAsk(draft, kfdef);
  return validateDraft({
    draft,
    password: draft.password,
    signIn: currentSignIn(draft, kfdef),
    folder: draft.folder,
    access: currentAccess(draft).problem?.key,
    kfdef: ask && {
      ...ask,
      unreadable: kfdef.configUri === ask.configUri && kfdef.document === undefined && kfdef.error !== undefined,
    },
  });
}

/** What would be asked of the backend now, or undefined while settings or the cluster are missing. */
export function currentRequest(
  draft = useDraft.getState(),
  cluster = useCluster.getState(),
  kfdef = useKfDef.getState(),
): { context: ContextId; settings: InstallSettings } | undefined {
  const context = chosenContext(cluster);
  if (!context) return undefined;
  const platform = platformOf(context);
  const ask = currentAsk(draft, kfdef);
  // which applications a KfDef has is the file's own affair
  const components = ask ? [] : currentComponents(draft, kfdef);
  const settings = settingsOf(draft, platform, context.name, components, ask, currentAccess(draft).access);
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
): { id: ContextId | undefined; name: string | undefined } {
  const name = known?.find((entry) => entry.kfDir === kfDir)?.contextName;
  const found = findContext(list, status?.context) ?? findContextByName(list, name);
  return { id: found?.id, name: found?.name ?? name };
}

/** {@link installationContext} for what is drawn: a list that comes later, or a record that is known later, counts. */
export function useInstallationContext(): ReturnType<typeof installationContext> {
  const status = useInstall((state) => state.status);
  const known = useInstall((state) => state.known);
  const kfDir = useInstall((state) => state.kfDir);
  const list = useCluster((state) => state.list);
  return installationContext({ status, known, kfDir }, { list });
}
