import { expect, it } from "vitest";
import { Changes } from "../../../electron/logs/changes.ts";

it("waits for what comes after it was dealt with", async () => {
  const changes = new Changes();
  changes.tell();
  await changes.next;
  changes.reset();
  const order: string[] = [];
  const waiting = changes.next.then(() => order.push("next"));
  await Promise.resolve();
  order.push("told");
  changes.tell();
  await waiting;
  expect(order).toEqual(["told", "next"]);
});

it("cuts pauses short for what the user asked for", async () => {
  const changes = new Changes();
  const paused = changes.pause(1e9);
  changes.tell(true);
  await expect(paused).resolves.toBeUndefined();
});
