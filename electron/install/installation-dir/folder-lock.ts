import { randomBytes } from "node:crypto";
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { z } from "zod";
import { FlowdeckError } from "../../../common/contract/index.ts";
import { errorCode } from "../disk.ts";

const lockFile = z.object({
  token: z.string(),
  pid: z.number().int(),
  host: z.string(),
  /** Tells a process from a later one with the same number; undefined where the system does not say. */
  birth: z.string().optional(),
});
type Lock = z.infer<typeof lockFile>;

/**
 * Takes the lock `file` of an installation folder; gives the function that lets it go. A lock whose process is gone is
 * taken over. Throws `folder-in-use` naming the process. `pid` is our own; tests give others.
 */
export async function takeLock(file: string, folder: string, pid = process.pid): Promise<() => Promise<void>> {
  const birth = await birthOf(pid);
  const lock: Lock = {
    token: randomBytes(8).toString("hex"),
    pid,
    host: hostname(),
    ...(birth === undefined ? {} : { birth }),
  };
  await mkdir(dirname(file), { recursive: true });
  for (let attempt = 0; ; attempt += 1) {
    if (await create(file, lock)) return () => release(file, lock);
    const other = await read(file);
    if (attempt >= 5 || (other !== undefined && (await isAlive(other)))) throw inUse(folder, other);
    await setAside(file, other?.token);
  }
}

function inUse(folder: string, other: Lock | undefined): FlowdeckError {
  const who =
    other === undefined
      ? "another process"
      : `process ${other.pid}${other.host === hostname() ? "" : ` on ${other.host}`}`;
  return new FlowdeckError("folder-in-use", `${folder} is being worked on by ${who}.`, {
    detail: "Wait until it is done, or end it there; then try again.",
  });
}

/** The whole content appears at once: written beside, then linked, which fails when the name is taken. */
async function create(file: string, lock: Lock): Promise<boolean> {
  const own = `${file}.${lock.token}`;
  await writeFile(own, JSON.stringify(lock), { mode: 0o600 });
  try {
    await link(own, file);
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    // A disk without links: the plain way, where a reader may see half of it and then waits for the next attempt.
    return await writeFile(file, JSON.stringify(lock), { flag: "wx", mode: 0o600 }).then(
      () => true,
      (failure: unknown) => {
        if (errorCode(failure) === "EEXIST") return false;
        throw failure;
      },
    );
  } finally {
    await rm(own, { force: true });
  }
}

async function read(file: string): Promise<Lock | undefined> {
  try {
    return lockFile.parse(JSON.parse(await readFile(file, "utf8")));
  } catch {
    return undefined; // gone meanwhile, or not a lock of ours: nobody is known to hold it
  }
}

/** Takes a dead lock away, and puts it back if it turns out that another app was quicker and it is a living one. */
async function setAside(file: string, dead: string | undefined): Promise<void> {
  const aside = `${file}.${randomBytes(8).toString("hex")}.stale`;
  try {
    await rename(file, aside);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return;
    throw error;
  }
  const taken = await read(aside);
  if (taken !== undefined && taken.token !== dead)
    await link(aside, file).catch((error: unknown) => {
      if (errorCode(error) !== "EEXIST") throw error;
    });
  await rm(aside, { force: true });
}

async function release(file: string, lock: Lock): Promise<void> {
  if ((await read(file))?.token === lock.token) await rm(file, { force: true });
}

async function isAlive(lock: Lock): Promise<boolean> {
  // A folder on a shared disk: what runs elsewhere cannot be asked.
  if (lock.host !== hostname()) return true;
  try {
    process.kill(lock.pid, 0);
  } catch (error) {
    return errorCode(error) === "EPERM";
  }
  return lock.birth === undefined || lock.birth === (await birthOf(lock.pid));
}

/** When a process began, counted from this boot (Linux: proc(5), /proc/PID/stat field 22). */
async function birthOf(pid: number): Promise<string | undefined> {
  try {
    const [stat, boot] = await Promise.all([
      readFile(`/proc/${pid}/stat`, "utf8"),
      readFile("/proc/sys/kernel/random/boot_id", "utf8"),
    ]);
    // The name in the second field may hold spaces; what follows its closing bracket does not.
    return `${boot.trim()}:${stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]}`;
  } catch {
    return undefined; // not Linux
  }
}
