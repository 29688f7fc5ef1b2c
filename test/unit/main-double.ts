import { EventEmitter } from "node:events";
import type { App, BrowserWindowConstructorOptions, Dialog, Protocol, Session, Shell, WebContents } from "electron";
import { type Mock, vi } from "vitest";

/** A double of what main.ts uses of the electron module beside IPC, typed by electron.d.ts. */
export * from "./host/electron-double.ts";

type PageHandler = Parameters<Protocol["handle"]>[1];
type PermissionRequest = NonNullable<Parameters<Session["setPermissionRequestHandler"]>[0]>;
type PermissionCheck = NonNullable<Parameters<Session["setPermissionCheckHandler"]>[0]>;
type OpenHandler = Parameters<WebContents["setWindowOpenHandler"]>[0];

export const seen = {
  quits: 0,
  exits: [] as number[],
  paths: {} as Record<string, string>,
  windows: [] as { options: BrowserWindowConstructorOptions; url: string | undefined }[],
  schemes: [] as unknown[],
  page: undefined as PageHandler | undefined,
  permissionRequest: undefined as PermissionRequest | undefined,
  permissionCheck: undefined as PermissionCheck | undefined,
  errors: [] as string[],
};

const ready = Promise.withResolvers<void>();
export const whenWindowOpened = Promise.withResolvers<void>();
export const whenQuit = Promise.withResolvers<void>();

const appEvents = new EventEmitter();
export const app: EventEmitter &
  Pick<App, "isPackaged" | "requestSingleInstanceLock" | "getVersion" | "getAppPath" | "quit" | "exit"> & {
    getLocale: Mock<() => string>;
    setPath(name: string, path: string): void;
    whenReady(): Promise<void>;
  } = Object.assign(appEvents, {
  isPackaged: false,
  requestSingleInstanceLock: () => true,
  getVersion: () => "1.2.3",
  getLocale: vi.fn<() => string>(() => "en-US"),
  getAppPath: () => "/app",
  setPath: (name: string, path: string) => {
    seen.paths[name] = path;
  },
  whenReady: () => ready.promise,
  /** Like the real one: asks first, and quits when nobody prevents it. */
  quit: () => {
    let prevented = false;
    appEvents.emit("before-quit", { preventDefault: () => (prevented = true) });
    if (prevented) return;
    seen.quits += 1;
    whenQuit.resolve();
  },
  exit: (code = 0) => void seen.exits.push(code),
});

export function becomeReady(): void {
  ready.resolve();
}

export class BrowserWindow extends EventEmitter {
  readonly #seen: (typeof seen.windows)[number];

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.#seen = { options, url: undefined };
    seen.windows.push(this.#seen);
  }

  static getAllWindows(): BrowserWindow[] {
    return [];
  }

  async loadURL(url: string): Promise<void> {
    this.#seen.url = url;
    whenWindowOpened.resolve();
  }
}

export const protocol = {
  registerSchemesAsPrivileged: (schemes: unknown[]) => void seen.schemes.push(...schemes),
  handle: (_scheme: string, handler: PageHandler) => {
    seen.page = handler;
  },
};

/** A computer without a keychain. */
export const safeStorage = {
  isEncryptionAvailable: () => false,
  getSelectedStorageBackend: () => "basic_text",
};

export const session = {
  defaultSession: {
    setPermissionRequestHandler: (handler: PermissionRequest) => {
      seen.permissionRequest = handler;
    },
    setPermissionCheckHandler: (handler: PermissionCheck) => {
      seen.permissionCheck = handler;
    },
  },
};

export const shell = { openExternal: vi.fn<Shell["openExternal"]>(async () => undefined) };

export const dialog = {
  showMessageBoxSync: vi.fn<(options: object) => number>(() => 0),
  showErrorBox: ((title, content) => void seen.errors.push(title, content)) satisfies Dialog["showErrorBox"],
};

/** A page's contents as `web-contents-created` hands them on. */
export class Contents extends EventEmitter {
  openHandler: OpenHandler | undefined;

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }
}
