import { describe, expect, it } from "vitest";
import { type CallInput, type ContextId, contextId } from "../../../../common/contract/index.ts";
import { findContext } from "../../../../renderer/state/cluster.ts";

describe("the id of a context", () => {
  it("is taken from outside once it is parsed", () => {
    const id: ContextId = contextId.parse("3f2a");
    const input: CallInput<"cluster.connect"> = { context: id };
    expect(input).toEqual({ context: "3f2a" });
    expect(contextId.safeParse("").success).toBe(false);
    expect(contextId.safeParse(undefined).success).toBe(false);
  });

  it("is no name: what people call a context does not compile where its id is meant", () => {
    const contextName: string = "prod";
    // @ts-expect-error a call wants the id
    const input: CallInput<"cluster.connect"> = { context: contextName };
    // @ts-expect-error and so does a look-up by id
    expect(findContext(undefined, contextName)).toBeUndefined();
    expect(input).toEqual({ context: "prod" });
  });
});
