import { withChild } from "./child.ts";
import type { FillSize, FillTarget } from "./fill.ts";

export interface ChurnOptions {
  target: FillTarget;
  size: FillSize;
  folder: string;
  /** At most; the API server may take less. */
  perSecond?: number;
  atOnce?: number;
}

/** Runs `work` while another process changes pods, and tells how many changes a second it managed. */
export async function withChurn<T>(
  { target, size, folder, perSecond = 1_000, atOnce = 24 }: ChurnOptions,
  work: () => Promise<T>,
): Promise<{ result: T; perSecond: number }> {
  let said = "";
  const hear = (text: string) => {
    said += text;
  };
  const result = await withChild("churn-child.ts", { target, size, folder, more: { perSecond, atOnce } }, hear, work);
  const { changes, ms } = JSON.parse(said) as { changes: number; ms: number };
  return { result, perSecond: (changes / ms) * 1000 };
}
