import { randomUUID } from "node:crypto";
import type { ClusterClient } from "../cluster/index.ts";
import { runInPod } from "../exec/index.ts";
import type { PodContainer } from "./pods.ts";

/** How long the container may take; whoever closed the terminal does not wait for more. */
const longestMs = 3_000;

/** A word in the arguments of a shell that tells it from every other process of its container. */
export function newShellMark(): string {
  return `flowdeck-${randomUUID()}`;
}

/** A shell's command with its mark: -s leaves it interactive, and makes what follows its positional parameters. */
export function markedCommand(shell: readonly string[], mark: string): string[] {
  return [...shell, "-s", mark];
}

/** Hangs up every process with the mark but itself. What shells can do by themselves: images have no pkill, and no grep. */
const hangUp =
  'cd /proc; for p in [0-9]*; do [ "$p" = "$$" ] && continue; w=; read -r w < "$p/cmdline"; ' +
  'case $w in *"$1"*) kill -s HUP "$p";; esac; done 2>/dev/null; exit 0';

/**
 * Ends a shell whose terminal was closed, as closing a terminal's window does: a node does not by itself, and the shell
 * would live on as long as its container. Never throws; without the right to, or in time, the shell stays.
 */
export async function endShell(
  client: ClusterClient,
  { namespace, pod, container }: PodContainer,
  shell: readonly string[],
  mark: string,
): Promise<void> {
  const command = [...shell, "-c", hangUp, "sh", mark];
  const signal = AbortSignal.timeout(longestMs);
  await runInPod(client, { namespace, pod, container, command, signal }).catch(() => undefined);
}
