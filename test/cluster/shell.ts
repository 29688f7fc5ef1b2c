import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { mirror, root } from "./install-support.ts";

interface Ended {
  code: number;
  /** What it printed, both streams. */
  text: string;
}

/** The command line as a person uses it: a process of its own, in a folder of theirs. */
export class Shell {
  readonly folder: string;
  readonly kubeconfig: string;

  constructor(folder: string, kubeconfig: string) {
    this.folder = folder;
    this.kubeconfig = kubeconfig;
  }

  run(cwd: string, args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
    const program = [join(root, "bin/flowdeck.js"), "--data-dir", join(this.folder, "data")];
    const places = ["--mirror", mirror ?? "", "--kubeconfig", this.kubeconfig];
    const options = { cwd, env: { ...process.env, ...env }, maxBuffer: 64 * 1024 ** 2 };
    return new Promise((resolve) => {
      execFile(process.execPath, [...program, ...places, ...args], options, (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), text: `${stdout}${stderr}` });
      });
    });
  }

  async kfDir(name: string): Promise<string> {
    const kfDir = join(this.folder, name);
    await mkdir(kfDir);
    return kfDir;
  }
}
