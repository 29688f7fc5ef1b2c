import { beforeEach, expect, it } from "vitest";
import { contextId, type PracticeStatus } from "../../../../common/contract/index.ts";
import type { Client } from "../../../../renderer/state/api/client.ts";
import { provideClient } from "../../../../renderer/state/client.ts";
import { useCluster } from "../../../../renderer/state/cluster.ts";
import { watchPractice } from "../../../../renderer/state/practice.ts";

const practice = contextId.parse("practice-id");
let tell: (status: Partial<PracticeStatus>) => void = () => undefined;

beforeEach(() => {
  const subscribe = (_name: string, _input: unknown, { onItem }: { onItem: (status: unknown) => void }) => {
    tell = onItem;
    return () => undefined;
  };
  provideClient({ host: "web", subscribe } as unknown as Client);
  watchPractice();
  tell({ state: "running", context: practice });
  useCluster.setState({ chosen: practice, state: "connected" });
});

// The backend names the context only while the cluster runs.
it.each(["stopped", "absent"] as const)("a practice cluster that is %s is left", (state) => {
  tell({ state });
  expect(useCluster.getState()).toMatchObject({ chosen: undefined, state: "none" });
});

it("one that failed stays, and so does another cluster", () => {
  tell({ state: "failed" });
  expect(useCluster.getState()).toMatchObject({ chosen: practice, state: "connected" });
  const other = contextId.parse("other-id");
  useCluster.setState({ chosen: other });
  tell({ state: "stopped" });
  expect(useCluster.getState().chosen).toBe(other);
});
