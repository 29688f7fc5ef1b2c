import { execFile } from "node:child_process";
import { access } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Why a program of a Debian package can't be run here, or undefined. With CI=true the package is installed first. */
export async function whyNoProgram(program: string, name: string): Promise<string | undefined> {
  const isThere = () =>
    access(program).then(
      () => true,
      () => false,
    );
  if (await isThere()) return undefined;
  if (process.env.CI !== "true") return `${name} is not installed`;
  await run("apt-get", ["update", "-qq"]).catch(() => undefined);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", name], { env }).catch(() => undefined);
  return (await isThere()) ? undefined : `${name} can't be installed`;
}
