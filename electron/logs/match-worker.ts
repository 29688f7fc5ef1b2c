import { parentPort } from "node:worker_threads";
import { type Criteria, matchesIn, predicate } from "./match.ts";

/** What a worker is asked; it answers each in turn. */
export interface MatchRequest {
  id: number;
  memory: SharedArrayBuffer;
  from: number;
  to: number;
  criteria: Criteria;
}

export interface MatchAnswer {
  id: number;
  found: Uint32Array<ArrayBuffer>;
}

let last: { key: string; fits: (raw: string) => boolean } | undefined;

parentPort?.on("message", ({ id, memory, from, to, criteria }: MatchRequest) => {
  const key = JSON.stringify(criteria);
  if (last?.key !== key) last = { key, fits: predicate(criteria) };
  const found = matchesIn(new Uint8Array(memory, from, to - from), last.fits);
  parentPort?.postMessage({ id, found } satisfies MatchAnswer, [found.buffer]);
});
