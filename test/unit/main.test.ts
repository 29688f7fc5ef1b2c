import { cp, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { HandlerDetails, WebContents } from "electron";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { message } from "../../common/words/index.ts";
import type { RunningBackend } from "../../electron/backend.ts";
import { backendOf, pageFolder } from "./host/support.ts";

// main.ts runs against a double of the electron module, typed by its electron.d.ts, and of the backend behind it.
vi.mock("electron", async () => await import("./main-double.ts"));
const running = {
  backend: backendOf({ "preferences.get": async () => ({ theme: "dark" }) }),
  kfdefs: { build: vi.fn<RunningBackend["kfdefs"]["build"]>() },
  activity: vi.fn<RunningBackend["activity"]>(() => undefined),
  ownsAddress: (url: URL) => url.port === "4100",
  close: vi.fn<RunningBackend["close"]>(async () => []),
} satisfies RunningBackend;
const created: object[] = [];
vi.mock("../../electron/backend.ts", () => ({
  createBackend: async (options: object) => {
    created.push(options);
    return running;
  },
}));

const double = await import("./main-double.ts");
const { seen } = double;

describe("the window's program", () => {
  let dataDir: string;
  let main: typeof import("../../electron/main.ts");

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "flowdeck-main-"));
    const appPath = await mkdtemp(join(tmpdir(), "flowdeck-app-"));
    await cp(await pageFolder(), join(appPath, "dist", "renderer"), { recursive: true });
    vi.spyOn(double.app, "getAppPath").mockReturnValue(appPath);
    process.argv = ["electron", ".", "--data-dir", dataDir, "--some-chromium-switch"];
    main = await import("../../electron/main.ts");
    double.becomeReady();
    await double.whenWindowOpened.promise;
  });

  it("gives its window no more rights than a page needs", () => {
    const { webPreferences } = main.windowOptions;
    expect(webPreferences).toEqual({
      preload: expect.stringMatching(/preload\.cjs$/),
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
    });
    expect(seen.windows).toEqual([{ options: main.windowOptions, url: "app://flowdeck/" }]);
  });

  it("starts one backend with the options, and keeps its own files in the data folder", () => {
    expect(created).toMatchObject([{ dataDir, host: "electron", version: "1.2.3" }]);
    expect(seen.paths.userData).toBe(join(dataDir, "window"));
  });

  it("serves the built page under its own origin and policy, and nothing else", async () => {
    expect(seen.schemes).toEqual([
      { scheme: "app", privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
    const get = async (url: string, method = "GET") => {
      const response = await seen.page?.(new Request(url, { method }));
      if (response === undefined) throw new Error("Nothing serves the page.");
      return response;
    };
    const page = await get("app://flowdeck/");
    expect(page.status).toBe(200);
    const nonce = /nonce="([\w-]{24})"/.exec(await page.text())?.[1];
    expect(page.headers.get("content-security-policy")).toContain(`style-src 'self' 'nonce-${nonce}'`);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(page.headers.get("x-content-type-options")).toBe("nosniff");
    for (const url of ["app://flowdeck/missing.js", "app://other/", "app://flowdeck/..%2fpackage.json"]) {
      expect((await get(url)).status, url).toBe(404);
    }
    expect((await get("app://flowdeck/", "POST")).status).toBe(404);
  });

  it("refuses every permission but copying, and that to others", () => {
    const contents = (url: string) => ({ getURL: () => url }) as WebContents;
    const ask = (permission: string, url: string) => {
      const answer = vi.fn();
      seen.permissionRequest?.(contents(url), permission as "media", answer, {
        requestingUrl: url,
        isMainFrame: true,
      } as never);
      return answer.mock.calls[0]?.[0];
    };
    for (const permission of ["media", "geolocation", "notifications", "openExternal", "clipboard-read"]) {
      expect(ask(permission, "app://flowdeck/"), permission).toBe(false);
    }
    expect(ask("clipboard-sanitized-write", "app://flowdeck/")).toBe(true);
    expect(ask("clipboard-sanitized-write", "https://example.com/")).toBe(false);
    expect(seen.permissionCheck?.(null, "media", "app://flowdeck", {} as never)).toBe(false);
  });

  it("keeps a page where it is, and hands on only addresses it knows", () => {
    const contents = new double.Contents();
    double.app.emit("web-contents-created", {}, contents);
    const leave = { url: "https://example.com/", preventDefault: vi.fn() };
    contents.emit("will-navigate", leave);
    contents.emit("will-attach-webview", leave);
    expect(leave.preventDefault).toHaveBeenCalledTimes(2);
    const open = (url: string) => contents.openHandler?.({ url } as HandlerDetails);
    const refused = [
      "https://example.com/",
      "https://kubeflow.org.example.com/",
      "https://user@kubeflow.org/",
      "http://kubernetes.io/",
      "http://127.0.0.1:4101/",
      "file:///etc/passwd",
      "javascript:alert(1)",
      "nonsense",
    ];
    for (const url of refused) expect(open(url), url).toEqual({ action: "deny" });
    expect(double.shell.openExternal).not.toHaveBeenCalled();
    const allowed = ["https://www.kubeflow.org/docs/", "https://kubernetes.io/", "http://127.0.0.1:4100/"];
    for (const url of allowed) expect(open(url), url).toEqual({ action: "deny" });
    expect(double.shell.openExternal.mock.calls.map(([url]) => url)).toEqual(allowed);
  });

  it("asks before it interrupts an installation, and closes the backend before it ends", async () => {
    const said = message("appWindow.installing", { title: "Kubeflow", folder: "/home/me/kubeflow" });
    running.activity.mockReturnValue(said);
    double.app.getLocale.mockReturnValue("ko-KR");
    double.app.quit();
    expect(double.dialog.showMessageBoxSync).toHaveBeenCalledTimes(1);
    expect(double.dialog.showMessageBoxSync).toHaveBeenCalledWith(
      expect.objectContaining({
        message: "설치가 진행 중입니다: Kubeflow (/home/me/kubeflow)",
        buttons: ["계속 실행", "종료"],
      }),
    );
    expect(running.close).not.toHaveBeenCalled();
    expect(seen.quits).toBe(0);
    double.dialog.showMessageBoxSync.mockReturnValue(1);
    double.app.quit();
    await double.whenQuit.promise;
    expect(running.close).toHaveBeenCalledTimes(1);
    expect(seen.quits).toBe(1);
    expect(double.servedChannels()).toEqual([]);
    expect(seen.errors).toEqual([]);
  });
});
