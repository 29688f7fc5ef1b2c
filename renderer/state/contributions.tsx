import type { TFunction } from "i18next";
import type { ComponentType, ReactNode } from "react";
import type {
  ConnectorDraft,
  ContextId,
  Fix,
  ObjectTarget,
  ResourceInfo,
  SignInChange,
} from "../../common/contract/index.ts";
import type { FixAction } from "../ui/fix-context.ts";
import type { Command, CommandSource } from "./command-registry.ts";
import type { DockContent, DockTab } from "./dock.ts";
import type { ObjectActionsService } from "./object-actions.ts";
import type { ObjectTab } from "./object-tab.ts";
import type { PaletteSource } from "./palette.ts";
import type { BrowsePlace, Route } from "./route.ts";

type RouteOf<P extends Route["place"]> = Extract<Route, { place: P }>;
type DockTabOf<K extends DockContent["kind"]> = Extract<DockTab, { kind: K }>;

/** A place in the rail. */
export interface RailItem {
  /** The places of the address for which it is the current one. */
  places: readonly Route["place"][];
  /** Items stand from the lowest to the highest. */
  order: number;
  icon: ReactNode;
  label: (t: TFunction) => string;
  /** Where it leads now; a place is come back to as it was left. */
  href: () => string;
  /**
   * A hook: whether the cluster that is looked at has what this place is about, or the place is open; absent: it always is
   * there.
   */
  useShown?: () => boolean;
  /** A hook: what needs someone there, in one sentence; undefined: nothing does. */
  useNote?: () => RailNote | undefined;
}

export interface RailNote {
  tone: "warn" | "bad";
  text: string;
}

/** Pieces of one feature that others show; where nobody brings one, nothing is shown. */
export interface Parts {
  /** The pane of an object beside its list. */
  objectPane: {
    target: ObjectTarget;
    tab: string | undefined;
    onTab: (id: string) => void;
    onClose: () => void;
  };
  /** The kinds a cluster serves, to go to their lists. */
  kinds: { kinds: ResourceInfo[]; place: BrowsePlace; context: ContextId };
  /** The fields of a connector of Dex. */
  connectorForm: {
    known: ConnectorDraft | undefined;
    onSend: (change: SignInChange) => void;
    onBack: () => void;
  };
  /** The steps of an installation and how far each is. */
  installSteps: Record<never, never>;
}

/** Functions of one feature that others call; where nobody brings one, the caller does without. */
export interface Services {
  objectActions: ObjectActionsService;
  objectText: {
    /** Editing begins as soon as the object's text is on screen. */
    edit(target: ObjectTarget): void;
    /** Asks for the text of new objects. */
    create(): void;
  };
}

/**
 * What a feature brings to the page. The shell and the other features know it by nothing else: renderer/features.ts
 * lists them, and without a feature's line the page works without it.
 */
export interface Feature {
  routes?: { readonly [P in Route["place"]]?: ComponentType<{ route: RouteOf<P> }> };
  rail?: readonly RailItem[];
  commands?: readonly CommandSource[];
  palette?: PaletteSource;
  /** Keys that a place handles itself while it has the focus, for the list of keys. */
  keys?: readonly ((t: TFunction) => PlaceKeys)[];
  objectTabs?: readonly ObjectTab[];
  dockTabs?: { readonly [K in DockContent["kind"]]?: ComponentType<{ tab: DockTabOf<K>; active: boolean }> };
  /** By a name of their own; mounted once, over every place; each opens by its own state. */
  dialogs?: Readonly<Record<string, ComponentType>>;
  /** In the top bar, from the left. */
  topBar?: Readonly<Record<string, ComponentType>>;
  /** The beginning of the status bar: its own words, or `otherwise` when it has none now. */
  status?: ComponentType<{ otherwise: ReactNode }>;
  /** What a place of this feature says about itself in the status bar while it is on screen. */
  placeNotes?: { readonly [P in Route["place"]]?: ComponentType<{ route: RouteOf<P> }> };
  /** What the app can do about an error. */
  fix?: (t: TFunction, fix: Fix) => FixAction | undefined;
  /** Regions of the window, by selector, that know best where the focus goes; false: nowhere now. */
  regions?: Readonly<Record<string, () => boolean>>;
  parts?: { readonly [K in keyof Parts]?: ComponentType<Parts[K]> };
  services?: Partial<Services>;
}

/** A place's own keys: as they are written, with what they do. */
export interface PlaceKeys {
  title: string;
  keys: readonly (readonly [key: string, does: string])[];
}

let features: readonly Feature[] = [];

/** Called once, before the page is drawn. */
export function provideFeatures(given: readonly Feature[]): void {
  features = given;
}

export function contributions(): readonly Feature[] {
  return features;
}

/** The commands that features bring, as things stand now. */
export function featureCommands(t: TFunction): Command[] {
  return features.flatMap(({ commands = [] }) => commands.flatMap((source) => source(t)));
}

/** The service of that name, if a feature brings it. The answer is the same as long as the page lives. */
export function service<K extends keyof Services>(name: K): Services[K] | undefined {
  for (const { services } of features) {
    const found = services?.[name];
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Draws what all features bring of a kind, one after the other. */
export function Each({ of }: { of: "dialogs" | "topBar" }): ReactNode {
  return features.flatMap((feature) =>
    Object.entries(feature[of] ?? {}).map(([name, Content]) => <Content key={name} />),
  );
}

/** Shows another feature's part in its place, or nothing. */
export function Part<K extends keyof Parts>({ name, props }: { name: K; props: Parts[K] }): ReactNode {
  const Content: ComponentType<Parts[K]> | undefined = features.find(({ parts }) => parts?.[name])?.parts?.[name];
  return Content === undefined ? null : <Content {...props} />;
}
