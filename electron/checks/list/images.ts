import type { InspectedImage } from "../../../common/contract/index.ts";
import { parseImage } from "../../../common/kube/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import { type Check, failed, passed } from "../check.ts";
import { someNames } from "./refs.ts";

/** Asks registries, with the user's credentials, whether images are there; told as they answer. */
export type InspectImages = (
  images: readonly string[],
  signal: AbortSignal,
) => AsyncIterable<{ images: InspectedImage[] }>;

/** A little less than the check's own limit, so that what has answered by then counts. */
const answersWithinMs = 4_500;

/** Every image of the plan, asked for where the cluster will ask for it. The practice cluster pulls none. */
export function images(inspect: InspectImages): Check {
  return {
    id: "images",
    level: "should",
    name: message("checks.images"),
    of: "plan",
    async run({ signal }, { summary, platform }) {
      const all = summary.images;
      if (platform === "practice" || all.length === 0) return undefined;
      const found = await answersOf(inspect, all, signal);
      const gone = found.filter(({ problem }) => problem?.code === "not-found");
      const bad = gone.length > 0 ? gone : found.filter(({ problem }) => problem !== undefined);
      const [first] = bad;
      if (first === undefined) {
        const seen = { count: found.length, of: all.length };
        return found.length === all.length
          ? passed(message("checks.imagesOk", seen))
          : passed(message("checks.imagesSome", seen));
      }
      const names = someNames(
        bad.map(({ image }) => parseImage(image)?.repository ?? image),
        3,
      );
      const of = { count: bad.length, of: all.length, names };
      const isGone = gone.length > 0;
      return failed(message(isGone ? "checks.imagesGone" : "checks.imagesUnanswered", of), {
        // Nodes may reach what this computer does not; what is gone is gone for them, too.
        level: isGone ? "must" : "should",
        evidence: [...reasonsOf(bad), message(isGone ? "checks.imagesGoneWay" : "checks.imagesHere")],
      });
    },
  };
}

async function answersOf(inspect: InspectImages, all: readonly string[], signal: AbortSignal) {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(answersWithinMs)]);
  let found: InspectedImage[] = [];
  try {
    for await (const progress of inspect(all, limit)) found = progress.images;
  } catch (error) {
    if (!limit.aborted) throw error;
  }
  signal.throwIfAborted();
  return found;
}

function reasonsOf(bad: readonly InspectedImage[]): Message[] {
  const said = bad.flatMap(({ problem }) => problem?.said ?? []);
  return [...new Map(said.map((one) => [JSON.stringify(one), one])).values()].slice(0, 3);
}
