import type {
  AppError,
  CloudFile,
  ComponentInfo,
  GoneImage,
  InstallSettings,
  KfDefChange,
  PlanAdjustment,
  Platform,
  ReleaseInfo,
} from "../../common/contract/index.ts";
import type { BothWords, Message } from "../../common/words/index.ts";
import type { ClusterClient, KubeObject } from "../cluster/index.ts";

/** A source that a release names: an archive or a single file, and what its content must be. */
export interface SourceSpec {
  id: string;
  /** Where it is downloaded from; also the key in a mirror's sources.json. */
  url: string;
  kind: "archive" | "file" | "folder";
  /** Git tree id (SHA-1) of the unpacked top folder, or of `folder` inside it when that is given. */
  tree?: string;
  /** Git tree ids any of which is right, each with what it is the id of; in place of `tree`. */
  trees?: readonly PinnedTree[];
  folder?: string;
  /** For files: SHA-256 digests any of which is right, each with what it is the digest of. */
  sha256?: readonly FileDigest[];
  /** For archives: the folder to build on when a remote base names the source as a whole (a release's file). */
  base?: string;
  /** For archives: the same folder rendered to one file, taken where a mirror has that and not the archive. */
  rendered?: { url: string; sha256: readonly FileDigest[] };
}

export interface PinnedTree {
  tree: string;
  of: string;
}

export interface FileDigest {
  digest: string;
  of: string;
}

/** A kustomize remote base that a release names, and the local path that stands in for it. */
export interface RemoteBase {
  /** As written in a kustomization, without its path and query where the whole repository is meant. */
  prefix: string;
  ref?: string;
  source: string;
}

export interface CatalogueComponent extends Omit<ComponentInfo, "needs"> {
  needs: { id: string; because: BothWords }[];
  /** Kustomize folders in the release's tree, built in this order. */
  paths: string[];
  /** Sources, beside the release's own, that its remote bases come from. */
  sources?: string[];
  /** Objects to leave out or fields to drop after the build, each with the reason (a fact of the release). */
  drop?: {
    apiVersion?: string;
    kind?: string;
    name?: string;
    /** `key=value` */
    label?: string;
    annotation?: string;
    because: string;
  }[];
  /** Other folders for clusters that run elsewhere; the first that fits is taken. */
  variants?: PlatformVariant[];
}

export interface PlatformVariant {
  on: Platform[];
  /** In place of the component's. */
  paths: string[];
  /** Only where the cluster names a token issuer whose keys everyone can read. */
  issuer?: boolean;
  because: BothWords;
}

/** Where a cluster runs. */
export interface ClusterPlatform {
  id: Platform;
  /** Who issues the tokens of its service accounts, as far as the cluster says so. */
  issuer?: string;
}

/** What the notes of a release ask for before it is applied over another one. */
export interface ReleaseUpgradeStep {
  title: BothWords;
  because: BothWords;
  /** Deleted before anything is applied, as far as they are no longer wanted or can't be changed in place. */
  objects: { group: string; kind: string; namespace?: string; names: string[] }[];
}

export interface CatalogueRelease extends Omit<ReleaseInfo, "source" | "components" | "capabilities"> {
  commit?: string;
  sources: SourceSpec[];
  /** The source whose tree the components' paths lie in. */
  root: string;
  /** Where the start page answers: a port of a Service, for a port-forward. */
  dashboard: { namespace: string; service: string; port: number };
  /** Does it have a sign-in of its own, with a password to be chosen? A KfDef has one when Dex is chosen. */
  signIn: boolean;
  /** With shape `kfdef`: the files that stand for the ways to sign in. */
  kfdef?: { standard: string; dex: string } | undefined;
  /** Objects that name images in the middle of a text (an argument, a configuration file), where overrides count too. */
  embeddedImages?: { kind: string; namespace?: string; name: string }[];
  remoteBases: RemoteBase[];
  /** By the release that is installed: the steps in their order. */
  upgrades?: { from: string; steps: ReleaseUpgradeStep[] }[];
  components: CatalogueComponent[];
  /**
   * Named places in the rendered objects that settings go to; install/render/customise.ts knows what each name means. A
   * `kfdef` has no components of its own: they are the applications of the file.
   */
  shape: "kubeflow" | "starter" | "kfdef";
}

/** The rendered objects of one component, in build order, settings not yet put in. */
export interface RenderedComponent {
  id: string;
  objects: KubeObject[];
}

/**
 * What a build gave, before settings and the values of secrets are put in. The start that follows a plan takes it from
 * the plan; it is kept in memory only.
 */
export interface Built {
  /** Stands for all that it was built from, and for what built it: with another key it is built anew. */
  key: string;
  components: readonly RenderedComponent[];
}

/** The secret values of an installation; never in KF_DIR, never in a log. */
export interface InstallSecrets {
  /** bcrypt hash of the user's password. */
  passwordHash?: string;
  oauthClientSecret: string;
  oauthCookieSecret: string;
  /** Key for digests that stand for secret values in files and annotations, so that these give nothing away. */
  digestKey: string;
  /** bcrypt hashes of everyone else, by the environment variable that Dex reads them from. */
  people?: Readonly<Record<string, string>>;
  /** A given certificate with those that signed it, and its private key: PEM. */
  tlsCertificate?: string;
  tlsKey?: string;
  /** Secrets of Dex's connectors, by the environment variable that Dex reads them from. */
  connectors?: Readonly<Record<string, string>>;
  /**
   * What the passwords of the release's databases and object store are derived from; absent in an installation that was
   * made with the published ones, which its volumes have.
   */
  storageKey?: string;
  /** Of the client that a provider elsewhere knows, where people sign in there without Dex. */
  oidcClientSecret?: string;
  /** What the pull secret has: credentials of registries, as Docker's configuration file writes them. */
  pullSecret?: string;
  /** For a database that the release brings and whose password nobody needs to know. */
  databasePassword: string;
}

/** The credentials that nodes pull images with: electron/registries, given to the installer by whoever builds both. */
export interface PullSecrets {
  /** What a pull secret for all connected registries has; undefined where none is connected. */
  config(): Promise<string | undefined>;
  /** Writes it into the namespaces of profiles, whose objects others create; gives their names. */
  supplyProfiles(
    client: ClusterClient,
    secret: { name: string; config: string },
    signal: AbortSignal,
  ): Promise<string[]>;
}

/** Rendered objects with settings and secrets in place: what is to be applied. */
export interface Rendering {
  release: CatalogueRelease;
  settings: InstallSettings;
  components: RenderedComponent[];
  /** What settings changed in them beyond names, addresses and secrets, and why. */
  adjustments: PlanAdjustment[];
}

export interface KfDefInput {
  /** With `kfdef`. */
  settings: InstallSettings;
  kfDir: string;
  /** Planning leaves KF_DIR as it is: what is not built there yet is built elsewhere. */
  planning: boolean;
  /** Where it is going to be applied: its discovery says what has to be converted. */
  client: ClusterClient;
  secrets: InstallSecrets;
  /** Values of the KfDef's secrets, by name. */
  values: Readonly<Record<string, string>>;
  /** What its plan built. */
  built?: Built | undefined;
  signal: AbortSignal;
  onProgress: (step: "sources" | "build", fraction: number, said: Message) => void;
  /** What kfctl would say while it builds ("Processing application: …"), for the log. */
  onMessage: (said: Message) => void;
}

/** A KfDef's applications in file order, rendered and made fit for the cluster. */
export interface PreparedKfDef {
  /** spec.version as the file has it, such as `v1.0.0` or `master`; empty where it has none. */
  version: string;
  /** metadata.namespace: made when no application brings it, and where objects go that name none. */
  namespace: string;
  built: Built;
  components: (RenderedComponent & { title: string })[];
  changes: KfDefChange[];
  goneImages: GoneImage[];
  cloudFiles: CloudFile[];
  warnings: AppError[];
  /** Values of secrets, which may stand anywhere in the objects and in no file. */
  hidden: readonly string[];
}

/** How a KfDef becomes objects: electron/kfdef, given to the installer by whoever builds both. */
export interface KfDefPipeline {
  prepare(input: KfDefInput): Promise<PreparedKfDef>;
  /** The name of CONFIG_FILE in KF_DIR. Throws `kfdef-invalid` where CONFIG_URI ends in none. */
  fileName(configUri: string): string;
  /** metadata.clusterName in KF_DIR's config file; undefined where the file or the field is not there. */
  clusterName(kfDir: string, configUri: string): Promise<string | undefined>;
  /** Writes metadata.clusterName into KF_DIR's config file; everything else in it stays. */
  setClusterName(kfDir: string, configUri: string, name: string): Promise<void>;
}
