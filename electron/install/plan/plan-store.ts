import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { z } from "zod";
import {
  type ContextId,
  contextId,
  FlowdeckError,
  fixOf,
  type InstallSettings,
  installSettings,
} from "../../../common/contract/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import { withDiskReason } from "../disk.ts";
import { kfDirOf } from "../installation-dir/installation-dir.ts";
import type { Built } from "../types.ts";
import { type ShownUpgrade, shownUpgrade } from "../upgrade/upgrade-order.ts";
import type { Drift, PlanFingerprint } from "./fingerprint.ts";

const digests = z.record(z.string(), z.string());

const keptPlan = z.strictObject({
  version: z.literal(1),
  id: z.uuid(),
  at: z.string(),
  context: contextId,
  settings: installSettings,
  adopt: z.boolean(),
  fingerprint: z.strictObject({
    cluster: z.string(),
    settings: z.string(),
    objects: digests,
    order: z.string(),
    decisions: z.record(z.string(), z.enum(["create", "update", "foreign"])),
  }),
  upgrade: shownUpgrade.optional(),
});

/** A plan as it was shown: what it was made for, and what was promised. Holds no secret value. */
export interface KeptPlan {
  id: string;
  context: ContextId;
  settings: InstallSettings;
  /** Objects of another installation are taken over. */
  adopt: boolean;
  fingerprint: PlanFingerprint;
  /** Of a change of what is installed: all that it may delete. */
  upgrade?: ShownUpgrade | undefined;
  /** What it was built as; while the app runs, and of the newest plans only. */
  built?: Built | undefined;
}

/** So many installations keep what their last plan built: some 40 MB each. */
const builtMost = 2;

/** Plans are small and soon of no use; older ones than these go. */
const keptMost = 20;
const fileName = /^[0-9a-f-]{36}\.json$/;

/**
 * The plans that were shown, a file each in the app's data folder, readable by its user only. Not in KF_DIR: a folder that
 * came out of somebody's git must not bring an approval along, and looking at a plan leaves KF_DIR as it is.
 */
export class PlanStore {
  readonly #folder: string;
  /** By the plan's id, oldest first. Before values of secrets are put in, and in memory only all the same. */
  readonly #built = new Map<string, { kfDir: string; built: Built }>();

  /** `folder` is dataDir/plans. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Keeps a plan and gives the id it is started by. What the installation's plan before this one built is let go. */
  async keep(plan: Omit<KeptPlan, "id" | "built">, built: Built): Promise<string> {
    const id = randomUUID();
    const text = JSON.stringify({ version: 1, id, at: new Date().toISOString(), ...plan });
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await writeFileAtomic(join(this.#folder, `${id}.json`), text, { mode: 0o600 });
      await this.#forgetOld();
    } catch (error) {
      throw await withDiskReason(error, this.#folder);
    }
    this.#keepBuilt(id, kfDirOf(plan.settings), built);
    return id;
  }

  /** As {@link get}, with what it was built as where that is still known; that is let go. */
  async take(id: string): Promise<KeptPlan> {
    const plan = await this.get(id);
    const built = this.#built.get(id)?.built;
    this.#built.delete(id);
    return { ...plan, built };
  }

  /** @throws FlowdeckError `plan-stale` when there is no such plan (any more), or its file is damaged. */
  async get(id: string): Promise<KeptPlan> {
    try {
      const text = await readFile(join(this.#folder, `${z.uuid().parse(id)}.json`), "utf8");
      return keptPlan.parse(JSON.parse(text));
    } catch (cause) {
      throw stale(message("plan.notKept"), { cause });
    }
  }

  #keepBuilt(id: string, kfDir: string, built: Built): void {
    for (const [other, kept] of this.#built) if (kept.kfDir === kfDir) this.#built.delete(other);
    this.#built.set(id, { kfDir, built });
    const [oldest] = this.#built.keys();
    if (oldest !== undefined && this.#built.size > builtMost) this.#built.delete(oldest);
  }

  async #forgetOld(): Promise<void> {
    const names = (await readdir(this.#folder)).filter((name) => fileName.test(name));
    if (names.length <= keptMost) return;
    const aged = await Promise.all(
      names.map(async (name) => {
        const text = await readFile(join(this.#folder, name), "utf8").catch(() => "");
        return { name, at: /"at":"([^"]*)"/.exec(text)?.[1] ?? "" };
      }),
    );
    const old = aged.toSorted((a, b) => (a.at < b.at ? 1 : -1)).slice(keptMost);
    await Promise.all(old.map(({ name }) => rm(join(this.#folder, name), { force: true })));
  }
}

/** The error for a plan that is not what would be done now. */
function stale(why: Message, more: { cause?: unknown } = {}): FlowdeckError {
  return new FlowdeckError("plan-stale", message("plan.outOfDate", { why }), {
    advice: message("plan.planAgain"),
    fix: fixOf("plan-again", message("fix.planAgain")),
    ...more,
  });
}

export function staleBy(drift: Drift): FlowdeckError {
  switch (drift.of) {
    case "cluster":
      return stale(message("plan.otherCluster"));
    case "settings":
      return stale(message("plan.otherSettings"));
    case "order":
      return stale(message("plan.otherOrder"));
    case "objects":
      return stale(message("plan.otherObjects", { objects: counted(drift) }));
    case "decisions":
      return stale(message("plan.otherDecisions", { objects: counted(drift) }));
  }
}

/** `3 objects (Deployment a/b, …)` from keys such as `apps/Deployment/ns/name`. */
function counted({ count, objects }: { count: number; objects: string[] }): Message {
  const names = objects.map((key) => key.split("/").filter(Boolean).join(" "));
  return message("plan.objects", { count, names: [...names, ...(count > names.length ? ["…"] : [])].join(", ") });
}
