import type { checksContract } from "../../common/contract/index.ts";
import type { Served } from "../host/index.ts";
import { allChecks, type CheckDeps } from "./all-checks.ts";
import { Checks, type ChecksOptions } from "./checks.ts";

export interface ChecksDeps extends Pick<ChecksOptions, "connections" | "planned">, CheckDeps {}

/** What speaks against an installation, behind the contract. */
export function serveChecks({ connections, planned, ...deps }: ChecksDeps): Served<typeof checksContract> {
  const checks = new Checks({ connections, planned, checks: (request) => allChecks(request, deps) });
  return {
    methods: {
      "checks.start": async (request) => checks.start(request),
      "checks.watch": (_input, signal) => checks.watch(signal),
      "checks.again": ({ ids }) => checks.again(ids),
      "checks.fix": ({ id }) => checks.fix(id),
      "checks.cancel": () => checks.cancel(),
    },
    close: () => checks.close(),
  };
}
