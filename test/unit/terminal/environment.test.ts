import { delimiter } from "node:path";
import { describe, expect, it } from "vitest";
import { terminalEnvironment } from "../../../electron/terminal/environment.ts";

const more = {
  own: { KUBECONFIG: "/s/kubeconfig" },
  programs: ["/s/bin"],
  platform: "linux",
  version: "1.2.3",
} as const;

describe("a terminal's environment", () => {
  it("is the user's, with the session's own and our programs first", () => {
    const env = terminalEnvironment(
      { HOME: "/home/me", PATH: "/usr/bin", KUBECONFIG: "/other", LANG: "ko_KR.UTF-8" },
      more,
    );
    expect(env).toMatchObject({
      HOME: "/home/me",
      PATH: ["/s/bin", "/usr/bin"].join(delimiter),
      KUBECONFIG: "/s/kubeconfig",
      LANG: "ko_KR.UTF-8",
      TERM: "xterm-256color",
      TERM_PROGRAM: "Flowdeck",
      TERM_PROGRAM_VERSION: "1.2.3",
    });
    expect(env).not.toHaveProperty("LC_CTYPE");
  });

  it("has nothing of npm, nor of the terminal that the app was started from", () => {
    const env = terminalEnvironment(
      {
        PATH: ["/p/node_modules/.bin", "/x/node-gyp-bin", "/usr/bin"].join(delimiter),
        npm_config_cache: "c",
        npm_lifecycle_event: "start",
        INIT_CWD: "/p",
        TMUX: "t",
        TERM_SESSION_ID: "i",
        VSCODE_PID: "1",
        COLUMNS: "80",
        EDITOR: "vi",
      },
      more,
    );
    expect(env.PATH).toBe(["/s/bin", "/usr/bin"].join(delimiter));
    const left = Object.keys(env).filter((name) => /^(npm|INIT|TMUX|TERM_SESSION|VSCODE|COLUMNS)/.test(name));
    expect(left).toEqual([]);
    expect(env.EDITOR).toBe("vi");
  });

  it("lets the shell take UTF-8 where no locale says so", () => {
    expect(terminalEnvironment({}, more).LC_CTYPE).toBe("C.UTF-8");
    expect(terminalEnvironment({ LANG: "C" }, more).LC_CTYPE).toBe("C.UTF-8");
    expect(terminalEnvironment({}, { ...more, platform: "darwin" }).LC_CTYPE).toBe("UTF-8");
    expect(terminalEnvironment({ LC_ALL: "C.utf8" }, more)).not.toHaveProperty("LC_CTYPE");
  });

  it("keeps Windows' name of PATH", () => {
    const env = terminalEnvironment({ Path: "C:\\Windows" }, { ...more, platform: "win32" });
    expect(Object.keys(env).filter((name) => name.toUpperCase() === "PATH")).toEqual(["Path"]);
    expect(env.Path).toContain("/s/bin");
  });
});
