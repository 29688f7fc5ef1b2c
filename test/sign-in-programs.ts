import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { access, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The versions that Kubeflow 26.03 has, or the nearest that the module proxy gives. */
const programs = {
  dex: {
    // Dex's tags don't follow Go's rules for version 2: this is the commit of v2.45.1.
    module: "github.com/dexidp/dex@v0.0.0-20260303133905-11d2eeb52b42",
    package: "github.com/dexidp/dex/cmd/dex",
  },
  "oauth2-proxy": {
    module: "github.com/oauth2-proxy/oauth2-proxy/v7@v7.15.2",
    package: "github.com/oauth2-proxy/oauth2-proxy/v7",
  },
} as const;

export interface SignInPrograms {
  dex: string;
  proxy: string;
}

/**
 * Dex and oauth2-proxy, built from their modules once and kept in the cache; or why they can't be had: the tests that need
 * them are skipped, and say so.
 */
export async function signInPrograms(): Promise<SignInPrograms | { missing: string }> {
  try {
    const [dex, proxy] = [await built("dex"), await built("oauth2-proxy")];
    return { dex, proxy };
  } catch (error) {
    return { missing: `Dex or oauth2-proxy can't be built: ${String(error).split("\n")[0]}` };
  }
}

async function built(name: keyof typeof programs): Promise<string> {
  const { module, package: of } = programs[name];
  const key = createHash("sha256").update(module).digest("hex").slice(0, 16);
  const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "flowdeck", "sign-in", key);
  const program = join(folder, name);
  const isThere = await access(program).then(
    () => true,
    () => false,
  );
  if (isThere) return program;
  await mkdir(folder, { recursive: true });
  const work = await mkdtemp(join(folder, "build-"));
  try {
    await writeFile(join(work, "go.mod"), "module flowdeck/sign-in\n\ngo 1.25.0\n");
    await writeFile(join(work, "tools.go"), `//go:build tools\n\npackage tools\n\nimport _ "${of}"\n`);
    const env = { ...process.env, GOFLAGS: "-mod=mod", CGO_ENABLED: "0" };
    const go = (...args: string[]) => run("go", args, { cwd: work, env, maxBuffer: 50_000_000, timeout: 900_000 });
    await go("get", module);
    await go("mod", "tidy");
    await go("build", "-trimpath", "-ldflags", "-s -w", "-o", "program", of);
    await rename(join(work, "program"), program);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return program;
}
