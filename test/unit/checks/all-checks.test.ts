import { expect, it } from "vitest";
import { checkId } from "../../../common/contract/index.ts";
import { allChecks } from "../../../electron/checks/all-checks.ts";

const deps = {
  addPracticeNodes: async () => undefined,
  readKernelLimits: async () => [],
  inspectImages: async function* () {},
};

it("has one check for each id of the contract, in its order", () => {
  expect(allChecks({ images: true }, deps).map(({ id }) => id)).toEqual(checkId.options);
});

it("asks no registry where that is not wanted", () => {
  expect(allChecks({ images: false }, deps).map(({ id }) => id)).not.toContain("images");
});
