import { z } from "zod";
import { create } from "zustand";
import {
  type AppError,
  authMode,
  type ConnectorDraft,
  type FolderInfo,
  type InstallSettings,
  installSettings,
  type ReleaseInfo,
} from "../../common/contract/index.ts";
import {
  type AccessDraft,
  accessDraft,
  accessDraftOf,
  type CertificateDraft,
  firstAccess,
  noCertificate,
} from "./access-draft.ts";
import { client, settle } from "./client.ts";
import { deriveNamespace } from "./derive-namespace.ts";
import { firstOidc, oidcDraft } from "./sign-in-draft.ts";
import { recall, remember } from "./storage.ts";

/** Where the release is a KfDef: which file it is, and how it is taken. */
const kfDefDraft = z.object({
  /** One of the release's two files, or one of the user's own. */
  file: z.enum(["standard", "dex", "own"]),
  ownUri: z.string(),
  modernise: z.boolean(),
  /** The file as it was edited, and which one that was; no secret is in it. */
  edited: z.object({ configUri: z.string(), text: z.string() }).optional(),
});
export type KfDefDraft = z.infer<typeof kfDefDraft>;

const firstKfDef: KfDefDraft = { file: "standard", ownUri: "", modernise: true };

/** What the user is writing in the wizard; kept over a reload, but for the password. */
const draft = z.object({
  name: z.string(),
  baseDir: z.string(),
  release: z.string(),
  /** Of a release with a sign-in: whether people sign in. */
  auth: authMode.default("dex"),
  /** Where people sign in without Dex. */
  oidc: oidcDraft.default(firstOidc),
  email: z.string(),
  userNamespace: z.string(),
  /** False while the namespace follows the e-mail. */
  namespaceEdited: z.boolean(),
  /** Component ids chosen by the user; undefined is the whole release. */
  components: z.array(z.string()).optional(),
  kfdef: kfDefDraft.default(firstKfDef),
  /** Images to take in place of the release's. */
  images: z.record(z.string(), z.string()).default({}),
  /** How people will reach it. */
  access: accessDraft.default(firstAccess),
  /** A registry that all others come from, and the Secret to pull with; empty: none. */
  imagePrefix: z.string().default(""),
  pullSecret: z.string().default(""),
  /** Keeps the passwords of databases that the release publishes, because data from before has them. */
  storagePasswords: installSettings.shape.storagePasswords,
});
export type Draft = z.infer<typeof draft>;

export interface DraftState extends Draft {
  password: string;
  /** In memory only, as the password: what is tried has its secrets. */
  connectors: readonly ConnectorDraft[];
  oidcSecret: string;
  /** In memory only, as the password. */
  certificate: CertificateDraft;
  releases: ReleaseInfo[] | undefined;
  releasesError: AppError | undefined;
  /** What is at KF_DIR now, and its path as this computer writes it. Undefined while it is not known. */
  folder: FolderInfo | undefined;
  folderError: AppError | undefined;
}

const initial: Draft = {
  name: "handson-kubeflow",
  baseDir: "",
  release: "",
  auth: "dex",
  oidc: firstOidc,
  email: "user@example.com",
  userNamespace: deriveNamespace("user@example.com"),
  namespaceEdited: false,
  components: undefined,
  kfdef: firstKfDef,
  images: {},
  access: firstAccess,
  imagePrefix: "",
  pullSecret: "",
  storagePasswords: undefined,
};

export const useDraft = create<DraftState>(() => ({
  ...initial,
  password: "",
  connectors: [],
  oidcSecret: "",
  certificate: noCertificate,
  releases: undefined,
  releasesError: undefined,
  folder: undefined,
  folderError: undefined,
}));

type InMemory = Partial<Pick<DraftState, "password" | "certificate" | "connectors" | "oidcSecret">>;

export function setDraft(change: Partial<Draft> & InMemory): void {
  const next: Partial<DraftState> = { ...change };
  const state = useDraft.getState();
  if (change.email !== undefined && !(change.namespaceEdited ?? state.namespaceEdited))
    next.userNamespace = deriveNamespace(change.email);
  if (change.release !== undefined && change.release !== state.release) {
    next.components = undefined;
    next.images = {};
  }
  const moved = (["baseDir", "name"] as const).some((field) => (change[field] ?? state[field]) !== state[field]);
  if (moved) Object.assign(next, { folder: undefined, folderError: undefined, storagePasswords: undefined });
  useDraft.setState(next);
  remember("draft", draft.parse(useDraft.getState()));
}

export function setAccessDraft(change: Partial<AccessDraft>): void {
  setDraft({ access: { ...useDraft.getState().access, ...change } });
}

export function setKfDefDraft(change: Partial<KfDefDraft>): void {
  setDraft({ kfdef: { ...useDraft.getState().kfdef, ...change } });
}

/** Takes back what was being written before a reload; `home` is where a first installation is suggested. */
export function restoreDraft(home: string): void {
  const kept = draft.safeParse(recall("draft"));
  if (kept.success) useDraft.setState(kept.data);
  if (useDraft.getState().baseDir === "") useDraft.setState({ baseDir: home });
}

/** Takes the settings of an installation that is there, to work on it again, and looks at its folder anew. */
export function draftFrom(settings: InstallSettings): void {
  const { name, baseDir, release, email, userNamespace, components, kfdef, images, auth } = settings;
  const { imagePrefix = "", pullSecret = "", storagePasswords } = settings;
  setDraft({ name, baseDir, release, email, userNamespace, namespaceEdited: true });
  setDraft({ components, images, imagePrefix, pullSecret, storagePasswords });
  setDraft({ access: accessDraftOf(settings.access), certificate: noCertificate });
  setDraft({ auth, oidc: settings.oidc ?? firstOidc, oidcSecret: "", connectors: [] });
  void inspectKfDir();
  if (kfdef === undefined) return;
  const { configUri, modernise, text } = kfdef;
  const files = useDraft.getState().releases?.find(({ id }) => id === release)?.capabilities.files;
  const way = auth === "dex" ? "dex" : "standard";
  const file = files?.[way] === configUri ? way : "own";
  setKfDefDraft({
    file,
    modernise,
    ...(file === "own" ? { ownUri: configUri } : {}),
    edited: text === undefined ? undefined : { configUri, text },
  });
}

export async function loadReleases(): Promise<void> {
  const answer = await settle(client().call("releases.list", {}));
  if (!answer.ok) {
    useDraft.setState({ releasesError: answer.error });
    return;
  }
  useDraft.setState({ releases: answer.value, releasesError: undefined });
  const { release } = useDraft.getState();
  const first = answer.value[0];
  if (first && !answer.value.some((r) => r.id === release)) setDraft({ release: first.id });
}

/** Asks what is at KF_DIR; an answer for a folder that is no longer written there is dropped. */
export async function inspectKfDir(): Promise<void> {
  const { baseDir, name } = useDraft.getState();
  if (baseDir === "" || name === "") return;
  const answer = await settle(client().call("folder.inspect", { path: baseDir, name }));
  const now = useDraft.getState();
  if (now.baseDir !== baseDir || now.name !== name) return;
  useDraft.setState(
    answer.ok ? { folder: answer.value, folderError: undefined } : { folder: undefined, folderError: answer.error },
  );
}
