import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { z } from "zod";
import { errorCode, FlowdeckError } from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import type { KfDir } from "../../kf-dir/index.ts";
import { isAlive } from "../../tools/index.ts";

export const lockName = ".flowdeck/lock";

const lockFile = z.object({
  token: z.string(),
  pid: z.number().int(),
  host: z.string(),
  /** Tells a process from a later one with the same number; undefined where the system does not say. */
  birth: z.string().optional(),
});
type Lock = z.infer<typeof lockFile>;

/**
 * Takes the lock of an installation folder; gives the function that lets it go. A lock whose process is gone is taken
 * over. Throws `folder-in-use` naming the process. `pid` is our own; tests give others.
 */
export async function takeLock(folder: KfDir, pid = process.pid): Promise<() => Promise<void>> {
  const birth = await birthOf(pid);
  const lock: Lock = {
    token: randomBytes(8).toString("hex"),
    pid,
    host: hostname(),
    ...(birth === undefined ? {} : { birth }),
  };
  for (let attempt = 0; ; attempt += 1) {
    if (await create(folder, lock)) return () => release(folder, lock);
    const other = await read(folder, lockName);
    if (attempt >= 5 || (other !== undefined && (await isHeld(other)))) throw inUse(folder.path, other);
    await setAside(folder, other?.token);
  }
}

function inUse(folder: string, other: Lock | undefined): FlowdeckError {
  const who =
    other === undefined
      ? message("installation.anotherProcess")
      : other.host === hostname()
        ? message("installation.process", { pid: String(other.pid) })
        : message("installation.processOn", { pid: String(other.pid), host: other.host });
  return new FlowdeckError("folder-in-use", message("installation.folderInUse", { folder, who }), {
    advice: message("installation.folderInUseAdvice"),
  });
}

/** The whole content appears at once: written beside, then linked, which fails when the name is taken. */
async function create(folder: KfDir, lock: Lock): Promise<boolean> {
  const own = `${lockName}.${lock.token}`;
  await folder.create(own, JSON.stringify(lock));
  try {
    await folder.link(own, lockName);
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    if (error instanceof FlowdeckError) throw error;
    // A disk without links: the plain way, where a reader may see half of it and then waits for the next attempt.
    return await folder.create(lockName, JSON.stringify(lock)).then(
      () => true,
      (failure: unknown) => {
        if (errorCode(failure) === "EEXIST") return false;
        throw failure;
      },
    );
  } finally {
    await folder.remove(own);
  }
}

async function read(folder: KfDir, name: string): Promise<Lock | undefined> {
  const text = await folder.readText(name);
  try {
    return lockFile.parse(JSON.parse(text ?? ""));
  } catch {
    return undefined; // gone meanwhile, or not a lock of ours: nobody is known to hold it
  }
}

/** Takes a dead lock away, and puts it back if it turns out that another app was quicker and it is a living one. */
async function setAside(folder: KfDir, dead: string | undefined): Promise<void> {
  const aside = `${lockName}.${randomBytes(8).toString("hex")}.stale`;
  try {
    await folder.rename(lockName, aside);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return;
    throw error;
  }
  const taken = await read(folder, aside);
  if (taken !== undefined && taken.token !== dead)
    await folder.link(aside, lockName).catch((error: unknown) => {
      if (errorCode(error) !== "EEXIST") throw error;
    });
  await folder.remove(aside);
}

async function release(folder: KfDir, lock: Lock): Promise<void> {
  if ((await read(folder, lockName))?.token === lock.token) await folder.remove(lockName);
}

async function isHeld(lock: Lock): Promise<boolean> {
  // A folder on a shared disk: what runs elsewhere cannot be asked.
  if (lock.host !== hostname()) return true;
  if (!isAlive(lock.pid)) return false;
  const birth = await birthOf(lock.pid);
  return lock.birth === undefined || birth === undefined || lock.birth === birth;
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
