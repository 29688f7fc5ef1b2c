import { z } from "zod";
import { method } from "./define.ts";

export const language = z.enum(["en", "ko"]);
export type Language = z.infer<typeof language>;
export const theme = z.enum(["light", "dark", "system"]);

/** What the app remembers between starts; nothing here is a fact about a cluster. */
export const preferences = z.object({
  language: language.optional(),
  theme: theme.default("system"),
  /** Folder the next installation is suggested in (BASE_DIR). */
  baseDir: z.string().optional(),
  /** The installation folder last worked on, to come back to after a restart. */
  lastKfDir: z.string().optional(),
});
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
  "preferences.set": method(preferences.partial(), preferences),
  "folder.inspect": method(z.object({ path: z.string().min(1) }), folderInfo),
};
