import { afterEach, describe, expect, it, vi } from "vitest";
import type { WindowBridge } from "../../../common/contract/index.ts";
import { methodNames, streamNames } from "../../../common/contract/names.ts";
import { backendOf, overElectron, type ServedClient } from "./support.ts";

// Runs against a double of the electron module, typed by its electron.d.ts.
vi.mock("electron", async () => await import("./electron-double.ts"));
const double = await import("./electron-double.ts");

describe("Electron's host", () => {
  let served: ServedClient | undefined;
  afterEach(async () => {
    await served?.close();
    double.sender.frame = { origin: "app://flowdeck", parent: null };
  });

  it("serves the contract's names, and nothing after it stopped", async () => {
    served = await overElectron(backendOf({}));
    expect(double.servedChannels().sort()).toEqual(
      [...methodNames.map((name) => `call:${name}`), ...streamNames.map((name) => `stream:${name}`), "cancel"].sort(),
    );
    await served.close();
    expect(double.servedChannels()).toEqual([]);
  });

  it.each([
    ["another origin", { origin: "https://example.com", parent: null }],
    ["another name under our scheme", { origin: "app://other", parent: null }],
    ["a file", { origin: "file://", parent: null }],
    ["a frame inside our page", { origin: "app://flowdeck", parent: {} }],
    ["a frame that is gone", null],
  ])("refuses %s, with a line in the log", async (_, frame) => {
    const info = vi.fn();
    const watch = vi.fn();
    served = await overElectron(backendOf({ "app.info": info, "practice.watch": watch }));
    double.sender.frame = frame;
    await expect(served.client.call("app.info", {})).rejects.toMatchObject({ code: "not-allowed" });
    const refused = new Promise((resolve) => {
      served?.client.subscribe("practice.watch", {}, { onItem: () => undefined, onError: resolve });
    });
    expect(await refused).toMatchObject({ code: "not-allowed" });
    expect(info).not.toHaveBeenCalled();
    expect(watch).not.toHaveBeenCalled();
    expect(served.log).toHaveLength(2);
    expect(served.log[0]).toContain("refused call:app.info");
  });

  it("leaves a frozen bridge on the window with the contract's names and nothing else", async () => {
    served = await overElectron(backendOf({}));
    const bridge = double.exposed.flowdeck as WindowBridge;
    expect(Object.keys(double.exposed)).toEqual(["flowdeck"]);
    expect(Object.keys(bridge).sort()).toEqual(["calls", "cancelCall", "streams"]);
    expect(Object.keys(bridge.calls)).toEqual(methodNames);
    expect(Object.keys(bridge.streams)).toEqual(streamNames);
    for (const part of [bridge, bridge.calls, bridge.streams]) expect(Object.isFrozen(part)).toBe(true);
  });
});
