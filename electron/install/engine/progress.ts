import type { ProgressStep } from "../../../common/contract/index.ts";

type Activity = "install" | "uninstall";

/** Shares of the whole, from what each step takes on a cluster whose images have to be pulled. */
const weights: Record<Activity, Partial<Record<ProgressStep, number>>> = {
  install: { sources: 0.03, build: 0.04, plan: 0.03, apply: 0.4, ready: 0.45, verify: 0.05 },
  uninstall: { undo: 1 },
};

/** How much of each step is done, 0 to 1. */
export type StepsDone = Readonly<Partial<Record<ProgressStep, number>>>;

/** `fraction` (0 to 1) of a step is done; less than before is ignored. Pure. */
export function withStep(done: StepsDone, step: ProgressStep, fraction: number): StepsDone {
  return { ...done, [step]: Math.max(done[step] ?? 0, Math.min(1, Math.max(0, fraction))) };
}

/** Weighted steps that add up to one fraction, which never runs back. `floor`: what an earlier run had reached. Pure. */
export function fractionOf(activity: Activity, done: StepsDone, floor = 0): number {
  let sum = 0;
  for (const [step, weight] of Object.entries(weights[activity])) sum += weight * (done[step as ProgressStep] ?? 0);
  return Math.min(1, Math.max(0, floor, sum));
}
