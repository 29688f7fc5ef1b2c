import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  app,
  BrowserWindow,
  type BrowserWindowConstructorOptions,
  dialog,
  protocol,
  safeStorage,
  session,
  shell,
  type WebContents,
} from "electron";
import { errorDetail, toAppError } from "../common/contract/index.ts";
import { type Message, message, textOf } from "../common/words/index.ts";
import {
  addAppOptions,
  LocalizedCommand,
  languageOf,
  openLogFile,
  type RawAppOptions,
  readAppOptions,
} from "./app/index.ts";
import { createBackend, type RunningBackend } from "./backend.ts";
import { pageOrigin, pageScheme } from "./host/channels.ts";
import { contentSecurityPolicy, newNonce, securityHeaders } from "./host/csp.ts";
import { serveElectron } from "./host/electron.ts";
import { mayOpenExternally } from "./host/external.ts";
import { readPageFile } from "./host/page.ts";

/** The one place where a window's rights are decided; a test holds it to Electron's security checklist. */
export const windowOptions = {
  width: 1280,
  height: 800,
  minWidth: 960,
  minHeight: 600,
  show: false,
  backgroundColor: "#0f141b",
  autoHideMenuBar: true,
  webPreferences: {
    preload: join(import.meta.dirname, "preload.cjs"),
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
  },
} as const satisfies BrowserWindowConstructorOptions;

/** Copying a line of commands; every other permission is refused. */
const grantedPermissions: readonly string[] = ["clipboard-sanitized-write"];

const rawOptions = addAppOptions(new LocalizedCommand("flowdeck", languageOf(process.env)))
  .allowUnknownOption() // Chromium's own switches come on the same line
  .allowExcessArguments()
  .parse(process.argv.slice(app.isPackaged ? 1 : 2), { from: "user" })
  .opts<RawAppOptions>();

protocol.registerSchemesAsPrivileged([
  { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);

// Electron's own files go beside ours, so that one data folder is one instance.
if (rawOptions.dataDir !== undefined) {
  const userData = join(resolve(rawOptions.dataDir), "window");
  mkdirSync(userData, { recursive: true, mode: 0o700 });
  app.setPath("userData", userData);
}

if (app.requestSingleInstanceLock()) {
  app.whenReady().then(run).catch(giveUp);
} else {
  app.quit();
}

async function run(): Promise<void> {
  const options = await readAppOptions(rawOptions, process.env);
  const log = await openLogFile(options.dataDir);
  const running = await createBackend({
    ...options,
    host: "electron",
    version: app.getVersion(),
    assetsDir: join(app.isPackaged ? process.resourcesPath : app.getAppPath(), "assets"),
    ...(app.isPackaged ? { resourcesDir: process.resourcesPath } : {}),
    log: log.write,
    ...keychain(),
  });
  const stopServing = serveElectron({ backend: running.backend, log: log.write });
  servePage(join(app.getAppPath(), "dist", "renderer"));
  refusePermissions();
  app.on("web-contents-created", (_event, contents) => confine(contents, running, log.write));
  app.on("second-instance", () => BrowserWindow.getAllWindows()[0]?.focus());
  app.on("window-all-closed", () => app.quit());
  closeOnQuit(running, async () => {
    stopServing();
    for (const said of await running.close()) log.write(textOf(said, "en"));
    await log.close();
  });
  await openWindow();
}

/** The system's keychain. On Linux without one, Electron would only obscure what it stores: then there is none. */
function keychain() {
  const isReal = process.platform !== "linux" || safeStorage.getSelectedStorageBackend() !== "basic_text";
  if (!safeStorage.isEncryptionAvailable() || !isReal) return {};
  return {
    keychain: {
      encrypt: (text: string) => safeStorage.encryptString(text).toString("base64"),
      decrypt: (sealed: string) => safeStorage.decryptString(Buffer.from(sealed, "base64")),
    },
  };
}

async function openWindow(): Promise<void> {
  const window = new BrowserWindow(windowOptions);
  window.once("ready-to-show", () => window.show());
  await window.loadURL(`${pageOrigin}/`);
}

/** app://flowdeck serves the built page, and nothing else, under the same policy as the loopback host. */
function servePage(folder: string): void {
  protocol.handle(pageScheme, async (request) => {
    const url = new URL(request.url);
    const nonce = newNonce();
    const headers = { ...securityHeaders, "content-security-policy": contentSecurityPolicy(nonce) };
    const ours = `${url.protocol}//${url.host}` === pageOrigin && request.method === "GET";
    const file = ours ? await readPageFile(folder, url.pathname, { nonce, session: "" }) : undefined;
    if (file === undefined) return new Response(words(message("answer.noPage")), { status: 404, headers });
    const body = typeof file.body === "string" ? file.body : new Uint8Array(file.body);
    return new Response(body, { headers: { ...headers, "content-type": file.type } });
  });
}

function refusePermissions(): void {
  const allowed = (permission: string, origin: string) =>
    grantedPermissions.includes(permission) && URL.parse(origin)?.protocol === `${pageScheme}:`;
  session.defaultSession.setPermissionRequestHandler((contents, permission, answer) =>
    answer(allowed(permission, contents.getURL())),
  );
  session.defaultSession.setPermissionCheckHandler((_contents, permission, origin) => allowed(permission, origin));
}

/** Keeps a window on our page: it goes nowhere else and opens no other; known addresses go to the user's browser. */
function confine(contents: WebContents, running: RunningBackend, log: (line: string) => void): void {
  contents.on("will-navigate", (event) => {
    log(`refused to leave the page for ${event.url.slice(0, 200)}`);
    event.preventDefault();
  });
  contents.on("will-redirect", (event) => event.preventDefault());
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpenExternally(url, running.ownsAddress)) {
      shell.openExternal(url).catch((error: unknown) => log(`the browser could not be opened: ${String(error)}`));
    } else {
      log(`refused to open ${url.slice(0, 200)}`);
    }
    return { action: "deny" };
  });
}

/** The first quit waits until everything is put away; what would be interrupted is asked about before. */
function closeOnQuit(running: RunningBackend, close: () => Promise<void>): void {
  let closing = false;
  app.on("before-quit", (event) => {
    if (closing) return;
    event.preventDefault();
    const activity = running.activity();
    if (activity !== undefined && !mayInterrupt(activity)) return;
    closing = true;
    close()
      .catch((error: unknown) => process.stderr.write(`Flowdeck did not end cleanly: ${String(error)}\n`))
      .finally(() => app.quit());
  });
}

/** Windows of the system are in the system's language, whatever the page is in. */
function words(said: Message): string {
  return textOf(said, systemLanguage());
}

function systemLanguage() {
  return app.getLocale().startsWith("ko") ? "ko" : "en";
}

function mayInterrupt(activity: Message): boolean {
  const answer = dialog.showMessageBoxSync({
    type: "question",
    message: words(activity),
    detail: words(message("appWindow.continuesLater")),
    buttons: [words(message("appWindow.keepRunning")), words(message("appWindow.quit"))],
    defaultId: 0,
    cancelId: 0,
  });
  return answer === 1;
}

function giveUp(thrown: unknown): void {
  const error = toAppError(thrown);
  const lines = [error.said ? words(error.said) : error.message, errorDetail(error, systemLanguage())];
  dialog.showErrorBox(words(message("appWindow.notStarted")), lines.filter(Boolean).join("\n"));
  app.exit(1);
}
