import { expect, test } from "vitest";
import { FlowdeckError } from "../../../../common/contract/index.ts";
import { message, verbatim } from "../../../../common/words/index.ts";

test("an error that came as data is thrown with all it says", () => {
  const error = {
    code: "cluster-in-use" as const,
    message: "Canceled.",
    said: message("call.cancelled"),
    detail: "See there.",
    fix: { id: "adopt" as const, title: "Take it over" },
  };
  expect(FlowdeckError.from(error).toJSON()).toEqual(error);
  expect(FlowdeckError.from({ code: "internal", message: "x" }).toJSON()).toEqual({
    ...{ code: "internal", message: "x", said: verbatim("x") },
  });
});
