import { beforeEach, describe, expect, it, vi } from "vitest";
import {
  type ContextEntry,
  contextId,
  FlowdeckError,
  type InstallationEntry,
  type LogEntry,
} from "../../../../common/contract/index.ts";
import { verbatim } from "../../../../common/words/index.ts";
import { startI18n } from "../../../../renderer/i18n/index.ts";
import { boot, installationToShow } from "../../../../renderer/shell/boot.ts";
import type { Client } from "../../../../renderer/state/api/client.ts";
import { shownTheme } from "../../../../renderer/state/app.ts";
import { client, provideClient } from "../../../../renderer/state/client.ts";
import {
  connect,
  findContext,
  findContextByName,
  leaveContext,
  useCluster,
} from "../../../../renderer/state/cluster.ts";
import { inspectKfDir, setDraft, useDraft } from "../../../../renderer/state/draft.ts";
import { closeInstallation, continueInstall, mergeLog, useInstall } from "../../../../renderer/state/install.ts";
import { endAdoption, isAdopting, preparePlan, usePlan } from "../../../../renderer/state/plan.ts";
import { formatRoute, go, parseRoute } from "../../../../renderer/state/route.ts";

/** A backend that keeps each call open until the test answers it. */
function heldClient() {
  const held: { name: string; input: unknown; answer: (value: unknown) => void; fail: (error: Error) => void }[] = [];
  const client = {
    host: "web",
    connection: "open",
    onConnection: () => () => undefined,
    subscribe: () => () => undefined,
    call: (name: string, input: unknown) =>
      new Promise((answer, fail) => {
        held.push({ name, input, answer, fail });
      }),
  };
  provideClient(client as Client);
  return held;
}

describe("addresses", () => {
  it("name a place and a step, and anything else is home", () => {
    expect(parseRoute("#/install/plan")).toEqual({ place: "install", step: "plan" });
    expect(parseRoute("#/install")).toEqual({ place: "install", step: "cluster" });
    expect(parseRoute("#/install/nonsense")).toEqual({ place: "install", step: "cluster" });
    for (const hash of ["", "#", "#/", "#/other", "#main"]) expect(parseRoute(hash)).toEqual({ place: "home" });
    expect(formatRoute(parseRoute("#/install/done"))).toBe("#/install/done");
  });

  it("that are cut off or malformed lead somewhere, and lead there again when they are written anew", () => {
    expect(parseRoute("#/browse/%zz")).toMatchObject({ place: "browse", resource: "%zz" });
    const parts = [
      "%",
      "%zz",
      "%E0%A4",
      "%00",
      "/",
      "?",
      "&",
      "=",
      "#",
      "browse",
      "access",
      "o=",
      "ns=",
      "sort=-",
      ",",
      "é",
      "\u0000",
    ];
    let seed = 7;
    const next = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return Math.floor((seed / 2 ** 31) * below);
    };
    for (let count = 0; count < 2_000; count += 1) {
      const tail = Array.from({ length: next(12) }, () => parts[next(parts.length)]).join("");
      for (const hash of [`#${tail}`, `#/browse/${tail}`, `#/browse/pods?${tail}`]) {
        const route = parseRoute(hash);
        expect(parseRoute(formatRoute(route)), hash).toEqual(route);
      }
    }
  });
});

describe("theme", () => {
  it("follows the system only when asked to", () => {
    expect(shownTheme("system", true)).toBe("dark");
    expect(shownTheme("system", false)).toBe("light");
    expect(shownTheme("light", true)).toBe("light");
  });
});

describe("connecting", () => {
  beforeEach(() => leaveContext());

  it("keeps only the answer for the context chosen last", async () => {
    const held = heldClient();
    const first = connect(contextId.parse("a"));
    const second = connect(contextId.parse("b"));
    held[0]?.answer({ context: "a", version: "v1.30.0" });
    await first;
    expect(useCluster.getState()).toMatchObject({ chosen: "b", state: "connecting", info: undefined });
    held[1]?.fail(new FlowdeckError("cluster-unreachable", verbatim("b does not answer.")));
    await second;
    expect(useCluster.getState()).toMatchObject({ state: "failed", error: { code: "cluster-unreachable" } });
  });

  it("finds a context by its id or by its name, each for itself", () => {
    const context = (id: string, name: string): ContextEntry => ({
      id: contextId.parse(id),
      name,
      file: "f",
      cluster: "c",
      server: "s",
      user: "u",
      current: false,
      practice: false,
      auth: "none",
      options: { readOnly: false },
    });
    const list = { files: [], contexts: [context("1", "2"), context("2", "x")] };
    expect(findContext(list, contextId.parse("2"))?.name).toBe("x");
    expect(findContextByName(list, "2")?.id).toBe("1");
    expect(findContext(list, contextId.parse("x"))).toBeUndefined();
    expect(findContextByName(list, undefined)).toBeUndefined();
    expect(findContext(list, undefined)).toBeUndefined();
    expect(findContext(undefined, contextId.parse("x"))).toBeUndefined();
  });
});

describe("the draft", () => {
  it("makes the namespace from the e-mail until it is written by hand", () => {
    setDraft({ email: "minji@lab.example" });
    expect(useDraft.getState().userNamespace).toBe("kubeflow-minji-lab-example");
    setDraft({ userNamespace: "minji", namespaceEdited: true });
    setDraft({ email: "other@lab.example" });
    expect(useDraft.getState().userNamespace).toBe("minji");
  });

  it("begins with the whole release when the release changes", () => {
    setDraft({ release: "a" });
    setDraft({ components: ["x"] });
    setDraft({ release: "a" });
    expect(useDraft.getState().components).toEqual(["x"]);
    setDraft({ release: "b" });
    expect(useDraft.getState().components).toBeUndefined();
  });
});

describe("what is at KF_DIR", () => {
  const info = { exists: false, empty: true, writable: true, installation: false, folders: [] };

  it("is asked by base folder and name; how the path is written, the backend says", async () => {
    const held = heldClient();
    setDraft({ baseDir: "C:/Users/me", name: "kf" });
    const asked = inspectKfDir();
    expect(held[0]).toMatchObject({ name: "folder.inspect", input: { path: "C:/Users/me", name: "kf" } });
    held[0]?.answer({ ...info, path: "C:\\Users\\me\\kf" });
    await asked;
    expect(useDraft.getState().folder?.path).toBe("C:\\Users\\me\\kf");
  });

  it("is not known any more once another name or base folder is written, and a late answer does not bring it back", async () => {
    const held = heldClient();
    setDraft({ baseDir: "/b", name: "kf" });
    const asked = inspectKfDir();
    setDraft({ name: "other" });
    held[0]?.answer({ ...info, path: "/b/kf" });
    await asked;
    expect(useDraft.getState().folder).toBeUndefined();
    setDraft({ name: "kf" });
    const again = inspectKfDir();
    held[1]?.answer({ ...info, path: "/b/kf" });
    await again;
    setDraft({ email: "someone@lab.example" });
    expect(useDraft.getState().folder?.path).toBe("/b/kf");
    setDraft({ baseDir: "/c" });
    expect(useDraft.getState().folder).toBeUndefined();
  });
});

describe("the plan", () => {
  const settings = {
    version: 1,
    name: "kf",
    baseDir: "/b",
    release: "r",
    platform: "practice",
    auth: "dex",
    email: "a@b.cc",
    userNamespace: "kubeflow-a",
    components: [],
    images: {},
  } as const;
  const request = { context: contextId.parse("c"), settings: { ...settings, components: [], images: {} } };

  it("is made once for the same request, and again for another", async () => {
    const held = heldClient();
    void preparePlan(request);
    await preparePlan(request);
    expect(held.length).toBe(1);
    void preparePlan({ ...request, context: contextId.parse("d") });
    expect(held.length).toBe(2);
  });

  it("of an installation that takes over another's objects does so again until that is complete", async () => {
    const held = heldClient();
    const context = contextId.parse("f");
    const mine = { ...request, context };
    const inputs = () => held.filter(({ name }) => name === "plan.prepare").map(({ input }) => input);
    void preparePlan(mine);
    void preparePlan(mine, { again: true, adopt: true });
    // as when the step is left and opened again
    void preparePlan(mine);
    void preparePlan(mine, { again: true });
    void preparePlan({ ...mine, settings: { ...mine.settings, name: "other" } });
    expect(inputs()).toMatchObject([{}, { adopt: true }, { adopt: true }, {}]);
    expect(inputs().map((input) => Object.hasOwn(input as object, "adopt"))).toEqual([false, true, true, false]);
    expect([
      isAdopting(context, "/b/kf"),
      isAdopting(context, "\\b\\kf"),
      isAdopting(contextId.parse("g"), "/b/kf"),
    ]).toEqual([true, true, false]);
    endAdoption("/b/kf");
    void preparePlan(mine, { again: true });
    expect(inputs().at(-1)).not.toHaveProperty("adopt");
  });

  it("that could not begin shows why and can be asked for again", async () => {
    const held = heldClient();
    const asked = preparePlan({ ...request, context: contextId.parse("e") });
    held[0]?.fail(new FlowdeckError("busy", verbatim("Another plan is being made.")));
    await asked;
    expect(usePlan.getState()).toMatchObject({ error: { code: "busy" }, requestKey: undefined, progress: undefined });
  });
});

describe("the log", () => {
  const entry = (seq: number): LogEntry => ({ seq, time: "", level: "info", event: "e", message: "m" });

  it("takes no entry twice when the stream is opened again", () => {
    const log = mergeLog([], [entry(1), entry(2)]);
    expect(mergeLog(log, [entry(1), entry(2)])).toBe(log);
    expect(mergeLog(log, [entry(2), entry(3)]).map((e) => e.seq)).toEqual([1, 2, 3]);
  });
});

describe("coming back", () => {
  const entry = (kfDir: string, state: InstallationEntry["state"]): InstallationEntry => ({
    kfDir,
    name: kfDir,
    release: "r",
    title: "R",
    state,
    activity: "install",
  });

  it("puts an unfinished installation on screen without waiting for a cluster, and leaves alone who went on", async () => {
    const listeners = new Map<string, () => void>();
    const location = { hash: "" };
    vi.stubGlobal("window", {
      ...{ location, addEventListener: (name: string, listener: () => void) => listeners.set(name, listener) },
      matchMedia: () => ({ matches: false, addEventListener: () => undefined }),
    });
    vi.stubGlobal("document", { documentElement: { dataset: {} } });
    await startI18n("en");
    try {
      for (const goesOn of [false, true]) {
        location.hash = "";
        const held = heldClient();
        const answer = async (name: string, value: unknown) => {
          await vi.waitFor(() => expect(held.map((call) => call.name)).toContain(name));
          held.find((call) => call.name === name)?.answer(value);
        };
        void boot(client());
        await answer("app.info", {});
        await answer("preferences.get", { lastKfDir: "b" });
        await vi.waitFor(() => expect(held.map((call) => call.name)).toContain("install.list"));
        if (goesOn) go({ place: "browse", resource: "pods", namespaces: [] });
        // The releases are not answered, as a cluster that is reconnected may not be.
        await answer("install.list", [entry("b", "interrupted")]);
        await vi.waitFor(() => expect(useInstall.getState().kfDir).toBe("b"));
        await vi.waitFor(() => expect(location.hash).toMatch(goesOn ? /^#\/browse/ : /^#\/install\/install/));
        closeInstallation();
      }
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it("goes on once, however often it is pressed before the answer", async () => {
    const held = heldClient();
    const presses = [continueInstall("/kf", contextId.parse("c")), continueInstall("/kf", contextId.parse("c"))];
    const asked = held.filter(({ name }) => name === "install.continue");
    expect(asked).toHaveLength(1);
    asked[0]?.fail(new FlowdeckError("busy", verbatim("No.")));
    expect(await Promise.all(presses)).toEqual([false, false]);
    void continueInstall("/kf", contextId.parse("c"));
    expect(held.filter(({ name }) => name === "install.continue")).toHaveLength(2);
    closeInstallation();
  });

  it("shows what is at work first, then what was on screen, then what was worked on last", () => {
    const known = [entry("a", "installed"), entry("b", "interrupted"), entry("c", "running")];
    expect(installationToShow(known, "a", "b")).toMatchObject({ entry: { kfDir: "c" }, active: true });
    const settled = known.slice(0, 2);
    expect(installationToShow(settled, "a", "b")).toMatchObject({ entry: { kfDir: "a" }, unfinished: false });
    expect(installationToShow(settled, null, "b")).toMatchObject({ entry: { kfDir: "b" }, unfinished: true });
    expect(installationToShow(settled, undefined, undefined)).toBeUndefined();
  });
});
