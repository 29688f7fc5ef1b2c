import type { TFunction } from "i18next";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { type ContextEntry, contextId } from "../../../../common/contract/index.ts";
import { contextCommands } from "../../../../renderer/features/contexts/commands.ts";
import {
  actAs,
  removeContext,
  renameContext,
  setContextOptions,
} from "../../../../renderer/features/contexts/edits.ts";
import { listed } from "../../../../renderer/features/contexts/ImpersonatePane.tsx";
import type { Client } from "../../../../renderer/state/api/client.ts";
import { provideClient } from "../../../../renderer/state/client.ts";
import { leaveContext, useCluster } from "../../../../renderer/state/cluster.ts";
import {
  closeCluster,
  followOpenClusters,
  openEntries,
  switchCluster,
  useOpenClusters,
} from "../../../../renderer/state/open-clusters.ts";
import { formatRoute, go, parseRoute, useRoute } from "../../../../renderer/state/route.ts";

const [a, b, c] = [contextId.parse("a"), contextId.parse("b"), contextId.parse("c")];

const context = (id: string): ContextEntry => ({
  id: contextId.parse(id),
  name: `name of ${id}`,
  file: "/config",
  cluster: "c",
  server: "https://c",
  user: "u",
  current: false,
  practice: false,
  auth: "none",
  options: { readOnly: false },
});

const settled = () => new Promise((resolve) => setTimeout(resolve));
const shown = () => formatRoute(useRoute.getState().route);
const open = () => useOpenClusters.getState().open;

let contexts: ContextEntry[];
let calls: [name: string, input: Record<string, unknown>][];
let kept: Map<string, string>;

beforeEach(() => {
  contexts = ["a", "b", "c"].map(context);
  calls = [];
  kept = new Map();
  vi.stubGlobal("window", { location: { hash: "" }, history: { replaceState: () => undefined } });
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
  const answers: Record<string, (input: Record<string, unknown>) => unknown> = {
    "cluster.connect": (input) => ({ context: input.context, version: "v1.36.3" }),
    "contexts.list": () => ({ files: [], contexts }),
    "contexts.setOptions": ({ change }) => ({ readOnly: false, ...(change as object) }),
    "contexts.rename": () => {
      contexts = contexts.map((one) => (one.id === "b" ? context("renamed") : one));
      return { context: contextId.parse("renamed"), backups: ["/config.bak"] };
    },
    "contexts.remove": () => {
      contexts = contexts.filter(({ id }) => id !== "b");
      return { backups: ["/config.bak"] };
    },
  };
  const double = {
    host: "web",
    connection: "open",
    onConnection: () => () => undefined,
    subscribe: () => () => undefined,
    call: async (name: string, input: Record<string, unknown>) => {
      calls.push([name, input]);
      return answers[name]?.(input);
    },
  };
  provideClient(double as Client);
  leaveContext();
  useCluster.setState({ list: { files: [], contexts }, seen: {} });
  useRoute.setState({ route: { place: "home" } });
});

/** Follows during one test; a and b are open, each at another place, and b is on screen. */
async function twoOpen(): Promise<() => void> {
  const stop = followOpenClusters();
  switchCluster(a, { land: true });
  await settled();
  go({ place: "browse", context: a, resource: "deployments", namespaces: ["kubeflow"], filter: "ml" });
  switchCluster(b, { land: true });
  await settled();
  return stop;
}

describe("clusters side by side", () => {
  it("open when they are chosen, and each keeps its place", async () => {
    const stop = await twoOpen();
    expect(open()).toEqual(["a", "b"]);
    expect(useCluster.getState().chosen).toBe("b");
    // A new one begins with the kind that was on screen, but nothing else of the other's sight.
    expect(shown()).toBe("#/browse/deployments?c=b");
    go({ place: "access" });
    switchCluster(a);
    expect(shown()).toBe("#/browse/deployments?c=a&ns=kubeflow&f=ml");
    switchCluster(b);
    expect(shown()).toBe("#/access");
    stop();
  });

  it("are shown at once when they answered before, and asked again", async () => {
    const stop = await twoOpen();
    calls = [];
    switchCluster(a);
    expect(useCluster.getState()).toMatchObject({ chosen: "a", state: "connected", info: { context: a } });
    await settled();
    expect(calls).toEqual([["cluster.connect", { context: a }]]);
    calls = [];
    switchCluster(a);
    await settled();
    expect(calls).toEqual([]);
    stop();
  });

  it("do not take the page of all clusters, or a link on its way elsewhere, for their place", async () => {
    const stop = await twoOpen();
    go({ place: "clusters" });
    go({ place: "browse", context: a, resource: "nodes", namespaces: [] });
    switchCluster(a);
    switchCluster(b);
    expect(shown()).toBe("#/browse/deployments?c=b");
    stop();
  });

  it("leave the one beside on screen when they are closed", async () => {
    const stop = await twoOpen();
    switchCluster(c);
    await settled();
    closeCluster(a);
    expect(useCluster.getState().chosen).toBe("c");
    closeCluster(c);
    expect(useCluster.getState().chosen).toBe("b");
    expect(open()).toEqual(["b"]);
    closeCluster(b);
    expect(useCluster.getState().chosen).toBeUndefined();
    expect(shown()).toBe("#/clusters");
    stop();
  });

  it("are open again after a reload, without being contacted", async () => {
    (await twoOpen())();
    const places = useOpenClusters.getState().places;
    useOpenClusters.setState({ open: [], places: {} });
    leaveContext();
    useRoute.setState({ route: { place: "home" } });
    calls = [];
    const stop = followOpenClusters();
    expect(useOpenClusters.getState()).toEqual({ open: ["a", "b"], places });
    await settled();
    expect(calls).toEqual([]);
    stop();
    kept.set("flowdeck.clusters", JSON.stringify({ open: [1, "a"], places: { a: 3, gone: "#/" } }));
    followOpenClusters()();
    expect(useOpenClusters.getState()).toEqual({ open: ["a"], places: {} });
  });

  it("are not shown once no kubeconfig has them", () => {
    expect(openEntries({ files: [], contexts }, [contextId.parse("gone"), c, a]).map(({ id }) => id)).toEqual([
      "c",
      "a",
    ]);
  });
});

describe("edits of contexts", () => {
  it("move everything to the renamed context", async () => {
    const stop = await twoOpen();
    expect(await renameContext(context("b"), "x")).toEqual({
      context: contextId.parse("renamed"),
      backups: ["/config.bak"],
    });
    expect(open()).toEqual(["a", "renamed"]);
    expect(useCluster.getState().chosen).toBe("renamed");
    expect(shown()).toBe("#/browse/deployments?c=renamed");
    switchCluster(a);
    switchCluster(contextId.parse("renamed"));
    expect(shown()).toBe("#/browse/deployments?c=renamed");
    stop();
  });

  it("close what was removed", async () => {
    const stop = await twoOpen();
    await removeContext(context("b"));
    expect(open()).toEqual(["a"]);
    expect(useCluster.getState().chosen).toBe("a");
    expect(useCluster.getState().list?.contexts.map(({ id }) => id)).toEqual(["a", "c"]);
    stop();
  });

  it("ask a cluster anew when its requests are made as somebody else", async () => {
    const stop = await twoOpen();
    const acting = actAs(b, { user: "jane", groups: [] });
    await acting;
    // Not taken for connected until it answered: what was on screen was the former one's.
    expect(useCluster.getState().state).toBe("connecting");
    await settled();
    expect(useCluster.getState().state).toBe("connected");
    stop();
  });

  it("show a change at once", async () => {
    await setContextOptions(c, { colour: "teal" });
    expect(useCluster.getState().list?.contexts.find(({ id }) => id === c)?.options.colour).toBe("teal");
  });
});

describe("commands", () => {
  it("switch by place, and say why one can't be done", async () => {
    const stop = await twoOpen();
    const commands = contextCommands(((key: string) => key) as TFunction);
    const byId = new Map(commands.map((command) => [command.id, command]));
    expect(byId.get("clusters:switch:a")).toMatchObject({ keys: "Mod+1", unavailable: undefined });
    expect(byId.get("clusters:switch:b")).toMatchObject({ keys: "Mod+2", unavailable: "contexts.onScreen" });
    expect(byId.get("clusters:switch:c")).not.toHaveProperty("keys");
    byId.get("clusters:switch:a")?.run();
    expect(useCluster.getState().chosen).toBe("a");
    byId.get("clusters:readOnly")?.run();
    await settled();
    expect(calls).toContainEqual(["contexts.setOptions", { context: b, change: { readOnly: true } }]);
    stop();
  });
});

describe("groups to act with", () => {
  it("are read between commas", () => {
    expect(listed(" developers, system:authenticated,,developers ")).toEqual(["developers", "system:authenticated"]);
    expect(listed("")).toEqual([]);
  });
});

describe("addresses of clusters", () => {
  it("survive being read", () => {
    const address = "#/browse/deployments?c=a&ns=kubeflow&f=ml";
    expect(formatRoute(parseRoute(address))).toBe(address);
  });
});
