import type {
  AppError,
  CloudFile,
  GoneImage,
  InstallSettings,
  KfDefChange,
  PlanAdjustment,
  ReleaseCapabilities,
} from "../../../common/contract/index.ts";
import type { Message } from "../../../common/words/index.ts";
import type { ClusterClient } from "../../cluster/index.ts";
import type { InstallLog } from "../installation-dir/install-log.ts";
import type { Plan } from "../plan/plan-types.ts";
import type { ApplicationWords } from "../run/application-words.ts";
import type { Built, CatalogueRelease, ClusterPlatform, InstallSecrets, RenderedComponent } from "../types.ts";

export type CommandStep = "cluster" | "settings" | "components" | "checks" | "plan" | "install" | "done";

export interface CommandInput {
  settings: InstallSettings;
  release: CatalogueRelease;
  contextName: string;
  /** Absolute path of the program that is called `flowdeck` in these lines; undefined where it has to be on the PATH. */
  program?: string | undefined;
}

export interface DriverInput {
  release: CatalogueRelease;
  /** Whole, as {@link ReleaseDriver.settings} gives them. */
  settings: InstallSettings;
  secrets: InstallSecrets;
  kfDir: string;
  client: ClusterClient;
  /** Where the cluster runs. */
  platform: ClusterPlatform;
  /** Only to look at: KF_DIR stays as it is. */
  planning: boolean;
  /** Values of secrets that were given for this installation, by name. */
  values: Readonly<Record<string, string>>;
  /** What its plan built: taken where the same would come out again. */
  built?: Built | undefined;
  signal: AbortSignal;
  onProgress: (step: "sources" | "build" | "plan", fraction: number, said: Message) => void;
  onMessage: (said: Message) => void;
}

/** Objects with settings and secrets in place, and how they are to be planned. */
export interface Rendered {
  /** What the installation is called. */
  title: string;
  /** What it was built as, for the start that follows a plan. */
  built: Built;
  components: (RenderedComponent & { title: string })[];
  /** The components are applied one after another. */
  inOrder: boolean;
  /** Where namespaced objects go that name no namespace. */
  namespace: string | undefined;
  /** What to do about objects of kinds that nobody serves; undefined where such a plan is refused as a whole. */
  unservedAdvice: Message | undefined;
  warnings: AppError[];
  /** What is different because of where the cluster runs. */
  platformChanges: Message[];
  /** What was changed so that this cluster takes it. */
  conversions: KfDefChange[];
  goneImages: GoneImage[];
  /** What settings changed in objects of the release, and why. */
  adjustments: PlanAdjustment[];
  /** What KF_DIR gets for a cloud's own tools. */
  cloudFiles?: CloudFile[];
  /** Texts that no file may have. */
  hidden: readonly string[];
}

/** An installation on a cluster. */
export interface Installed {
  settings: InstallSettings;
  kfDir: string;
  /** As kubeconfigs name it. */
  clusterName: string;
}

/** A kind of releases: all that the installer does differently for it is here, and nowhere else. */
export interface ReleaseDriver {
  drives(release: CatalogueRelease): boolean;
  /** What the page has to know of it. */
  capabilities(release: CatalogueRelease): ReleaseCapabilities;
  /** The settings made whole: with what the release says where they say nothing. */
  settings(release: CatalogueRelease, settings: InstallSettings): InstallSettings;
  /** A file that a folder with an installation of this kind may have from elsewhere. Throws `kfdef-invalid`. */
  configFile(settings: InstallSettings): string | undefined;
  /** Sources → build → settings put in. Changes nothing in the cluster. */
  render(input: DriverInput): Promise<Rendered>;
  /** What a step of the wizard does, as shell lines that do the same. Pure. */
  commands(step: CommandStep, input: CommandInput): string[];
  /** Before anything is applied. Gives what it did, for the log. */
  beforeApply(installed: Installed): Promise<Message[]>;
  /** Throws `not-allowed` where what is in KF_DIR was applied elsewhere. */
  refuseRemoval(installed: Installed): Promise<void>;
  /** Tells in its own words what is applied. */
  narrator(plan: Plan, log: InstallLog): ApplicationWords | undefined;
}

/** The first of the drivers that drives a release. */
export function driverOf(drivers: readonly ReleaseDriver[], release: CatalogueRelease): ReleaseDriver {
  const driver = drivers.find((one) => one.drives(release));
  if (driver === undefined) throw new Error(`no driver for the release ${release.id}`);
  return driver;
}
