import { z } from "zod";
import { contextId } from "./context-id.ts";
import { method } from "./define.ts";

export const language = z.enum(["en", "ko"]);
export type Language = z.infer<typeof language>;
export const theme = z.enum(["light", "dark", "system"]);

/** How the columns of one resource are shown. Columns are known by their names. */
export const columnChoice = z.object({
  /** Those moved by the user, in order; others follow as the server gives them. */
  order: z.array(z.string()).default([]),
  hidden: z.array(z.string()).default([]),
  /** Wide ones (priority above 0) that are shown all the same. */
  shown: z.array(z.string()).default([]),
  wide: z.boolean().default(false),
  /** Pixels. */
  widths: z.record(z.string(), z.number()).default({}),
  own: z.array(z.object({ name: z.string().min(1).max(60), path: z.string().min(1).max(500) })).default([]),
  sort: z.object({ column: z.string(), descending: z.boolean() }).nullable().default(null),
});
export type ColumnChoice = z.infer<typeof columnChoice>;

/** A sight of the resource browser under a name: what is listed, and how it is looked at. Any cluster can be seen so. */
export const savedView = z.object({
  id: z.string().min(1).max(64),
  name: z.string().min(1).max(80),
  /** As kubectl writes it: `pods`, `deployments.apps`. */
  resource: z.string().min(1).max(300),
  namespaces: z.array(z.string()).default([]),
  filter: z.string().max(1000).default(""),
  faults: z.boolean().default(false),
  labels: z.string().max(4000).default(""),
  fields: z.string().max(4000).default(""),
  sort: z.object({ column: z.string(), descending: z.boolean() }).nullable().default(null),
  /** How the columns stood; older views have none and leave them as they are. */
  columns: columnChoice.optional(),
});
export type SavedView = z.infer<typeof savedView>;

/** A word of the user's own for a list, in the palette and in lines after `:`. */
export const alias = z.object({
  name: z
    .string()
    .max(40)
    .regex(/^[^\s:/]+$/),
  /** As kubectl takes it: `pods`, `po`, `deployments.apps`. */
  resource: z.string().min(1).max(300),
  /** Empty: those that are looked at already stay; `*` means all. */
  namespaces: z.array(z.string()).default([]),
  filter: z.string().max(1000).default(""),
});
export type Alias = z.infer<typeof alias>;

export const browsePreferences = z.object({
  favouriteKinds: z.array(z.string()).default([]),
  favouriteNamespaces: z.record(contextId, z.array(z.string())).default({}),
  views: z.array(savedView).default([]),
  /** By resource. */
  columns: z.record(z.string(), columnChoice).default({}),
  closedGroups: z.array(z.string()).default([]),
  aliases: z.array(alias).max(200).default([]),
});
export type BrowsePreferences = z.infer<typeof browsePreferences>;

const remembered = {
  language: language.optional(),
  theme,
  /** Folder the next installation is suggested in (BASE_DIR). */
  baseDir: z.string().optional(),
  /** The installation folder last worked on, to come back to after a restart. */
  lastKfDir: z.string().optional(),
  /** Keys that the user chose, by command id; an empty one takes a command its key. */
  keys: z.record(z.string(), z.string()).optional(),
  /** False: keys without Ctrl, Alt or Cmd do nothing but move and type (WCAG 2.1.4). */
  singleLetterKeys: z.boolean().optional(),
  browse: browsePreferences.optional(),
};

/** What the app remembers between starts; nothing here is a fact about a cluster. */
export const preferences = z.object({ ...remembered, theme: theme.default("system") });
export type Preferences = z.infer<typeof preferences>;

export const appInfo = z.object({
  version: z.string(),
  host: z.enum(["electron", "web"]),
  os: z.enum(["linux", "darwin", "win32", "other"]),
  home: z.string(),
  dataDir: z.string(),
  /** Folder with sources.json that is asked before the network, when one was given. */
  mirror: z.string().optional(),
});
export type AppInfo = z.infer<typeof appInfo>;

export const folderInfo = z.object({
  path: z.string(),
  exists: z.boolean(),
  empty: z.boolean(),
  writable: z.boolean(),
  freeBytes: z.number().optional(),
  /** True when the folder already is an installation of ours. */
  installation: z.boolean(),
  /** Folders inside it, for a chooser. */
  folders: z.array(z.string()),
  parent: z.string().optional(),
});
export type FolderInfo = z.infer<typeof folderInfo>;

const nothing = z.object({});

export const appContract = {
  "app.info": method(nothing, appInfo),
  "preferences.get": method(nothing, preferences),
  /** Changes what is given; without the default of the theme, which would put it back. */
  "preferences.set": method(z.object(remembered).partial(), preferences),
  /** A folder; with a name, the folder of that name in it, as KF_DIR is of BASE_DIR and KF_NAME. */
  "folder.inspect": method(z.object({ path: z.string().min(1), name: z.string().min(1).optional() }), folderInfo),
};
