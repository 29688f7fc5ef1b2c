import type { ChildProcess } from "node:child_process";
import { readFile } from "node:fs/promises";
import { type Message, message } from "../../../common/words/index.ts";

export interface ChildLimits {
  timeMs: number;
  memoryBytes: number;
}

/** The 27 folders of 26.03 take seconds and half a gigabyte; on a slow computer perhaps a minute. */
export const buildLimits: ChildLimits = { timeMs: 300_000, memoryBytes: 4 * 1024 ** 3 };

const lookEveryMs = 100;

/**
 * Ends a program that takes too long or too much memory (the latter where the system has /proc). `exceeded` says what it
 * was, in words; `stop` is called when the program is over.
 */
export function limitChild(
  child: Pick<ChildProcess, "pid" | "kill">,
  limits: ChildLimits,
): { exceeded: () => Message | undefined; stop: () => void } {
  let exceeded: Message | undefined;
  const end = (why: Message) => {
    exceeded ??= why;
    child.kill("SIGKILL");
  };
  const clock = setTimeout(
    () => end(message("render.tookLong", { seconds: Math.round(limits.timeMs / 1000) })),
    limits.timeMs,
  );
  const look = setInterval(() => {
    void memoryOf(child.pid).then((bytes) => {
      if (bytes > limits.memoryBytes)
        end(message("render.tookMemory", { megabytes: Math.round(limits.memoryBytes / 1024 ** 2) }));
    });
  }, lookEveryMs);
  return {
    exceeded: () => exceeded,
    stop: () => {
      clearTimeout(clock);
      clearInterval(look);
    },
  };
}

/** What a process has in memory (proc(5): statm counts in pages of 4 KiB); 0 where the system does not say. */
async function memoryOf(pid: number | undefined): Promise<number> {
  const text = await readFile(`/proc/${pid}/statm`, "utf8").catch(() => ""); // not Linux, or it has just ended
  return Number(text.split(" ")[1] ?? 0) * 4096;
}
