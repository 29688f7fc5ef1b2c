import type { LogSourceState } from "../../../common/contract/index.ts";

/** The shortest names that tell sources apart: pods without what they all begin with, containers where there are several. */
export function sourceLabels(sources: readonly LogSourceState[]): Map<number, string> {
  if (sources.length < 2) return new Map();
  const pods = [...new Set(sources.map(({ pod }) => pod))];
  const manyContainers = new Set(sources.map(({ container }) => container)).size > 1;
  const common = pods.length < 2 ? 0 : commonWords(pods);
  return new Map(
    sources.map(({ id, pod, container }) => {
      if (pods.length < 2) return [id, container];
      const short = pod.slice(common);
      return [id, manyContainers ? `${short}/${container}` : short];
    }),
  );
}

/** Length of the words (up to a hyphen) that all names begin with. */
function commonWords(names: readonly string[]): number {
  const [first = "", ...rest] = names;
  let length = 0;
  for (let at = first.indexOf("-"); at >= 0; at = first.indexOf("-", at + 1)) {
    const start = first.slice(0, at + 1);
    if (!rest.every((name) => name.startsWith(start))) break;
    length = at + 1;
  }
  return length;
}
