import type { platformsContract } from "../../common/contract/index.ts";
import type { Served } from "../host/index.ts";
import type { Platforms } from "./platforms.ts";

/** The platforms' tools, behind the contract. Its `close` stops what they do and deletes what is half made. */
export function servePlatforms({ platforms }: { platforms: Platforms }): Served<typeof platformsContract> {
  return {
    methods: {
      "platforms.watch": (input, signal) => platforms.watch(input, signal),
      "platforms.prepare": (request, signal) => platforms.prepare(request, signal),
      "platforms.run": (input, signal) => platforms.run(input, signal),
      "platforms.jobs": (_input, signal) => platforms.jobs.watch(signal),
      "platforms.cancel": async ({ id }) => {
        platforms.jobs.cancel(id);
        return {};
      },
    },
    close: () => platforms.jobs.close(),
  };
}
