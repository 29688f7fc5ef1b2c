import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { access, mkdir, mkdtemp, rename, rm, symlink } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, delimiter, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The clouds' tools and stand-ins for clouds that PyPI has, and how a program says that it runs. */
const tools = {
  // moto answers as AWS does; its extra `server` brings much more than the two packages that its server needs.
  aws: {
    packages: ["awscli==1.46.3", "moto==5.2.5", "flask", "flask-cors"],
    probes: { aws: "--version", moto_server: "--help" },
  },
  az: { packages: ["azure-cli==2.91.0"], probes: { az: "--version" } },
} as const satisfies Record<string, { packages: readonly string[]; probes: Record<string, string> }>;

/**
 * A PATH with real tools: those of this computer where they run, else from PyPI, installed once into the cache; or why they
 * can't be had: the tests that need them are skipped, and say so. `az` takes 400 MB and a minute.
 */
export async function cloudTools(name: keyof typeof tools): Promise<{ path: string } | { missing: string }> {
  const path = process.env.PATH ?? "";
  const { packages, probes } = tools[name];
  const runs = await Promise.all(Object.entries(probes).map(([program, argument]) => starts(program, argument)));
  if (runs.every(Boolean)) return { path };
  try {
    return { path: [join(await environment(packages), "bin"), path].join(delimiter) };
  } catch (error) {
    return { missing: `${packages[0]} can't be installed: ${String(error).split("\n")[0]}` };
  }
}

function starts(program: string, argument: string): Promise<boolean> {
  return run(program, [argument], { timeout: 60_000 }).then(
    () => true,
    () => false,
  );
}

/** A virtual environment of Python with these packages. It is made elsewhere and then linked to: it can't be moved. */
async function environment(packages: readonly string[]): Promise<string> {
  const key = createHash("sha256").update(packages.join(" ")).digest("hex").slice(0, 16);
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "flowdeck", "cloud-tools", key);
  const current = join(cache, "current");
  const isThere = await access(join(current, "bin")).then(
    () => true,
    () => false,
  );
  if (isThere) return current;
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, "python-"));
  try {
    await run("python3", ["-m", "venv", folder], { timeout: 60_000 });
    const args = ["install", "--quiet", "--no-compile", "--disable-pip-version-check", "--no-input", ...packages];
    await run(join(folder, "bin", "pip"), args, { timeout: 300_000, maxBuffer: 10_000_000 });
    await symlink(basename(folder), `${folder}.link`);
    await rename(`${folder}.link`, current);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return current;
}
