import type { TFunction } from "i18next";
import { expect, it } from "vitest";
import { FlowdeckError } from "../../../../common/contract/index.ts";
import { message } from "../../../../common/words/index.ts";
import type {} from "../../../../renderer/i18n/i18next.d.ts";

// What is expected here is that it does not compile: `tsc` fails where one of these lines has no error.

it("a message's id and values are checked by the compiler", () => {
  expect(message("removal.held", { why: message("call.cancelled") }).params).toHaveProperty("why");
  expect(message("call.cancelled").params).toEqual({});
  const wrong = () => [
    // @ts-expect-error: there is no such text
    message("call.nothing"),
    // @ts-expect-error: there is no such topic
    message("nothing.cancelled"),
    // @ts-expect-error: its value is missing
    message("call.noMethod"),
    // @ts-expect-error: its value has another name
    message("call.noMethod", { nam: "x" }),
    // @ts-expect-error: it has no such value
    message("call.noMethod", { name: "x", more: "y" }),
    // @ts-expect-error: a count is a number
    message("action.drainBlocked", { count: "two" }),
    // @ts-expect-error: a text without values takes none
    message("call.cancelled", {}),
  ];
  expect(wrong).toBeTypeOf("function");
});

it("an error is made of a message, not of a sentence", () => {
  // @ts-expect-error: a sentence would be in one language only
  const wrong = () => new FlowdeckError("not-found", "There is nothing.");
  expect(wrong).toBeTypeOf("function");
});

it("the page's texts and their values are checked by the compiler", () => {
  const wrong = (t: TFunction) => [
    t("done.next"),
    t("components.addedFor", { title: "x" }),
    // @ts-expect-error: there is no such text
    t("done.nothing"),
    // @ts-expect-error: its value is missing
    t("components.addedFor", {}),
    // @ts-expect-error: its value has another name
    t("components.addedFor", { name: "x" }),
  ];
  expect(wrong).toBeTypeOf("function");
});
