import type { ProgressStep } from "../../../common/contract/index.ts";

/** Shares of the whole, from what each step takes on a cluster whose images have to be pulled. */
const weights: Record<"install" | "uninstall", Partial<Record<ProgressStep, number>>> = {
  install: { sources: 0.03, build: 0.04, plan: 0.03, apply: 0.4, ready: 0.45, verify: 0.05 },
  uninstall: { undo: 1 },
};

/** Weighted steps that add up to one fraction, which never runs back. */
export class Progress {
  readonly #done = new Map<ProgressStep, number>();
  readonly #activity: "install" | "uninstall";
  #highest: number;

  /** `floor`: what an earlier run of the same work had reached. */
  constructor(activity: "install" | "uninstall", floor = 0) {
    this.#activity = activity;
    this.#highest = Math.min(1, Math.max(0, floor));
  }

  /** `fraction` (0 to 1) of a step is done; less than before is ignored. */
  set(step: ProgressStep, fraction: number): void {
    const before = this.#done.get(step) ?? 0;
    this.#done.set(step, Math.max(before, Math.min(1, Math.max(0, fraction))));
  }

  get fraction(): number {
    let sum = 0;
    for (const [step, weight] of Object.entries(weights[this.#activity])) {
      sum += weight * (this.#done.get(step as ProgressStep) ?? 0);
    }
    this.#highest = Math.min(1, Math.max(this.#highest, sum));
    return this.#highest;
  }
}
