import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { type ShellStartOptions, shellStart } from "../../../electron/terminal/rc-files.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function options(more: Partial<ShellStartOptions> = {}): ShellStartOptions {
  return {
    folder: "/s",
    variables: { KUBECONFIG: "/s/kubeconfig", CONFIG_URI: "it's $HOME `x`" },
    programs: "/s/bin",
    completed: ["kubectl", "kustomize"],
    zshHome: "/home/me",
    login: false,
    ...more,
  };
}

/** Where a shell is on this machine; its tests are skipped where it is not. */
function found(program: string): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.map((folder) => join(folder, program)).find((file) => existsSync(file));
}
const bash = found("bash");
const zsh = found("zsh");

/** A home whose own files set what ours have to set again, and a session's folder with a stand-in for kubectl. */
function place(files: Record<string, string>) {
  const root = mkdtempSync(join(tmpdir(), "flowdeck-rc-"));
  folders.push(root);
  const [home, folder] = [join(root, "home"), join(root, "session")];
  for (const made of [home, join(folder, "bin")]) mkdirSync(made, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(home, name), text);
  writeFileSync(
    join(folder, "bin", "kubectl"),
    "#!/bin/sh\necho '_kubectl() { COMPREPLY=(\"done\"); }; complete -F _kubectl kubectl'\n",
    {
      mode: 0o755,
    },
  );
  return { home, folder };
}

function run(shell: string | undefined, home: string, folder: string, script: string): string {
  if (shell === undefined) throw new Error("There is no such shell here.");
  const start = shellStart(shell, options({ folder, programs: join(folder, "bin"), zshHome: home }));
  for (const [name, text] of Object.entries(start.files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const env = { HOME: home, PATH: "/usr/bin:/bin", TERM: "dumb", ...start.variables };
  return execFileSync(shell, [...start.args, "-c", script], {
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
}

describe("how a shell is started", () => {
  it.each(["/bin/bash", "/usr/bin/zsh", "fish", "C:\\Program Files\\PowerShell\\7\\pwsh.exe", "powershell.exe"])(
    "%s reads a file of ours in the session's folder",
    (shell) => {
      const start = shellStart(shell, options());
      expect(Object.keys(start.files).length).toBeGreaterThan(0);
      expect([...start.args, ...Object.values(start.variables)].join(" ").replaceAll("\\", "/")).toContain("/s");
      for (const text of Object.values(start.files)) expect(text.endsWith("\n")).toBe(true);
    },
  );

  it("leaves other shells as they are", () => {
    expect(shellStart("/bin/dash", options())).toEqual({ args: [], variables: {}, files: {} });
  });

  it("completes only what is there", () => {
    const text = JSON.stringify(shellStart("bash", options({ completed: ["kustomize"] })).files);
    expect(text).toContain("kustomize completion bash");
    expect(text).not.toContain("kubectl");
  });

  it.skipIf(bash === undefined)("bash: the user's file comes first and changes nothing of the session's", () => {
    const { home, folder } = place({ ".bashrc": "export KUBECONFIG=/mine PATH=/mine:$PATH MINE=yes\n" });
    const said = run(bash, home, folder, 'printf "%s\\n" "$MINE" "$KUBECONFIG" "$CONFIG_URI" "$PATH"');
    expect(said.split("\n").slice(0, 4)).toEqual([
      "yes",
      "/s/kubeconfig",
      "it's $HOME `x`",
      `${join(folder, "bin")}:/mine:/usr/bin:/bin`,
    ]);
  });

  it.skipIf(bash === undefined)("bash: completion is loaded when it is first asked for", () => {
    const { home, folder } = place({});
    const script = 'complete -p kubectl; _flowdeck_kubectl; echo "code=$?"; complete -p kubectl';
    expect(run(bash, home, folder, script).split("\n")).toEqual([
      "complete -o default -F _flowdeck_kubectl kubectl",
      "code=124",
      "complete -F _kubectl kubectl",
      "",
    ]);
  });

  it.skipIf(zsh === undefined)("zsh: reads the user's files from where they are, and leaves no trace of ours", () => {
    const { home, folder } = place({
      ".zshenv": "export ENVIRONMENT_FILE=yes\n",
      ".zshrc": "export KUBECONFIG=/mine PATH=/mine:$PATH MINE=yes HISTFILE=$HOME/.zsh_history\n",
    });
    const said = run(
      zsh,
      home,
      folder,
      'print -rl -- "$MINE" "$ENVIRONMENT_FILE" "$KUBECONFIG" "$CONFIG_URI" "$PATH" "[$ZDOTDIR]" "$_comps[kubectl]"',
    );
    expect(said.split("\n").slice(0, 7)).toEqual([
      ...[
        "yes",
        "yes",
        "/s/kubeconfig",
        "it's $HOME `x`",
        `${join(folder, "bin")}:/mine:/usr/bin:/bin`,
        "[]",
        "_flowdeck_kubectl",
      ],
    ]);
  });
});
