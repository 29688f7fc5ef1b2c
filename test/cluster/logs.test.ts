import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import {
  type ContextId,
  type LogNotice,
  type LogSource,
  type LogView,
  logQuery,
  logSource,
} from "../../common/contract/index.ts";
import { Logs } from "../../electron/logs/index.ts";
import { clusterRoom, openConnections } from "./cluster-room.ts";
import { CutProxy } from "./cut-proxy.ts";
import { eventually } from "./kubectl.ts";
import { describeWithCluster } from "./support.ts";

const rate = "practice.flowdeck.dev/log-rate";
const style = "practice.flowdeck.dev/log-style";

interface Line {
  at: string;
  text: string;
  pod: string;
  container: string;
  notice: LogNotice | undefined;
}

/** Of a kubeconfig as kubectl prints it, what tests change. */
interface KubeconfigJson {
  clusters: { cluster: { server: string } }[];
  users: { user: object }[];
}

await describeWithCluster("logs", (test) => {
  const room = clusterRoom(test);
  const { kubectl } = room;
  let logs: Logs;
  let opened: AbortController[] = [];
  let lastView = 0;

  beforeAll(async () => {
    logs = new Logs(room.connections);
    await kubectl.apply(
      pod("mixed", { [rate]: "20", [style]: "mixed" }, ["main", "side"], ["setup"]),
      pod("steady", { [rate]: "2000" }, ["c"]),
      ...deployment("web", 2),
    );
    for (const name of ["mixed", "steady"]) await kubectl.wait(`pod/${name}`, "condition=Ready");
    await kubectl.wait("deployment/web", "condition=Available");
  });
  afterEach(() => {
    for (const controller of opened) controller.abort();
    opened = [];
  });
  afterAll(async () => {
    logs?.close();
  });

  /** A log that is open until the test ends, and everything it has said. */
  function open(source: Partial<LogSource> & Pick<LogSource, "targets">) {
    const controller = new AbortController();
    opened.push(controller);
    const name = `test-view-${++lastView}`;
    const input = {
      view: name,
      source: logSource.parse(source),
      query: logQuery.parse({ window: { offset: null, count: 10 } }),
    };
    let view: LogView | undefined;
    let sources: NonNullable<LogView["sources"]> = [];
    const follow = async () => {
      for await (const item of logs.open(input, controller.signal)) {
        view = item;
        sources = item.sources ?? sources;
      }
    };
    const ended = follow();
    return {
      name,
      get view() {
        return view;
      },
      get sources() {
        return sources;
      },
      ended,
      close: () => controller.abort(),
      /** What there is now, as kubectl would print it with --timestamps. */
      text: () =>
        readAll((from) =>
          logs.session(name).read({ from, to: null, timestamps: true, sources: false, limitBytes: 1e6 }),
        ),
      async lines(): Promise<Line[]> {
        const found: Line[] = [];
        const session = logs.session(name);
        const { firstRow = 0, endRow = 0 } = view ?? {};
        for (let offset = firstRow; offset < endRow; offset += 1_000) {
          session.query = logQuery.parse({ window: { offset, count: 1_000 } });
          const rows = await eventually(async () =>
            view?.offset === offset && view.rows.length > 0 ? view.rows : undefined,
          );
          for (const { at, text, source, notice } of rows) {
            const { pod = "", container = "" } = sources.find(({ id }) => id === source) ?? {};
            found.push({ at, text, pod, container, notice });
          }
        }
        return found.slice(0, endRow - firstRow);
      },
      until: <T>(look: (now: LogView) => T | undefined | false, within?: number) =>
        eventually(async () => (view === undefined ? undefined : look(view) || undefined), within),
    };
  }

  const target = (kind: string, name: string, group = "", plural = `${kind.toLowerCase()}s`) => ({
    context: room.context,
    group,
    version: "v1",
    plural,
    kind,
    namespace: "default",
    name,
  });

  const seen = (text: string) => text.split("\n").filter((line) => line !== "");
  /** kubectl's line as a terminal shows it: colours are not text, and what comes after a carriage return overdraws (here all of it). */
  const drawn = (line: string) => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are made of them
    const bare = line.replace(/\u001b\[[\d;]*m/g, "").replace(/\r+$/, "");
    const space = bare.indexOf(" ");
    return `${bare.slice(0, space + 1)}${bare.slice(Math.max(space, bare.lastIndexOf("\r")) + 1)}`;
  };

  it("bring what kubectl brings: everything, the tail, since a time, one container", async () => {
    const now = new Date().toISOString();
    const since = `${new Date(Date.now() - 4_000).toISOString().slice(0, 19)}Z`;
    const cut = (lines: string[]) => lines.filter((line) => Date.parse(line.split(" ")[0] ?? "") < Date.parse(now));
    for (const [source, args] of [
      [{ containers: ["main"], tail: null }, ["-c", "main"]],
      [{ containers: ["main"], tail: null, since: { time: since } }, ["-c", "main", `--since-time=${since}`]],
      [{ containers: ["setup"], tail: null }, ["-c", "setup"]],
    ] as const) {
      const log = open({ targets: [target("Pod", "mixed")], ...source, containers: [...source.containers] });
      await log.until(({ lines, finished }) => lines > 5 || finished);
      await log.until(({ rows, finished }) => finished || Date.parse(rows.at(-1)?.at ?? "") > Date.parse(now));
      const oracle = seen(await kubectl.text("logs", "mixed", "--timestamps", ...args));
      const own = cut(seen(await log.text()).filter((line) => !line.startsWith("---")));
      expect(own.length, args.join(" ")).toBeGreaterThan(0);
      expect(own, args.join(" ")).toEqual(cut(oracle));
      log.close();
    }
    const asked = Date.now();
    const tail = open({ targets: [target("Pod", "mixed")], containers: ["side"], tail: 3 });
    await tail.until(({ lines }) => lines >= 3);
    const first = seen(await tail.text())[0] ?? "";
    const all = seen(await kubectl.text("logs", "mixed", "-c", "side", "--timestamps"));
    expect(all).toContain(first);
    expect(asked - Date.parse(first.split(" ")[0] ?? "")).toBeLessThan(5_000);
  });

  it("have every container of a pod, init ones too, each complete, in the order of their times", async () => {
    const log = open({ targets: [target("Pod", "mixed")], tail: null });
    await log.until(({ lines }) => lines > 20);
    const until = new Date(Date.now() - 1_000).toISOString();
    await log.until(({ rows }) => (rows.at(-1)?.at ?? "") > until);
    expect(log.sources.map(({ container }) => container).toSorted()).toEqual(["main", "setup", "side"]);
    const lines = await log.lines();
    const early = lines.filter(({ at, notice }) => notice === undefined && at.slice(0, 23) < until);
    for (const container of ["main", "side", "setup"]) {
      const oracle = seen(await kubectl.text("logs", "mixed", "-c", container, "--timestamps")).map(drawn);
      const own = early.filter((line) => line.container === container).map(({ at, text }) => `${at} ${text}`);
      expect(own).toEqual(oracle.filter((line) => line.slice(0, 23) < until));
    }
    const beginning = early.slice(0, 20).map(({ at }) => Date.parse(at));
    expect(beginning).toEqual(beginning.toSorted((a, b) => a - b));
  });

  it("miss nothing and repeat nothing when the connection breaks under a flood", async () => {
    const proxy = await CutProxy.to(
      await kubectl.text("config", "view", "--raw", "-o", "jsonpath={.clusters[0].cluster.server}"),
    );
    const log = openThrough(
      await connectionsWith("cut.json", (config) => {
        for (const { cluster } of config.clusters) cluster.server = proxy.url;
      }),
      { targets: [target("Pod", "steady")], tail: 100 },
    );
    try {
      await log.until(({ lines }) => lines > 1_000);
      for (let cut = 1; cut <= 4; cut++) {
        proxy.cut();
        const before = log.view?.lines ?? 0;
        await log.until(({ lines }) => lines > before + 3_000);
      }
      const lines = (await log.lines()).filter(({ notice }) => notice === undefined);
      const numbers = lines.map(({ text }) => Number(/line (\d+)/.exec(text)?.[1]));
      const first = numbers[0] ?? 0;
      expect(numbers.length).toBeGreaterThan(12_000);
      expect(numbers).toEqual(numbers.map((_, index) => first + index));
      const breaks = (await log.lines()).filter(({ notice }) => notice?.what === "reconnected");
      expect(breaks.length).toBeGreaterThanOrEqual(3);
    } finally {
      log.close();
      await proxy.close();
    }
  });

  it("go on over a restart of the container, say how it ended, and have the previous run", async () => {
    await kubectl.apply(pod("restarting", { [rate]: "50" }, ["c"]));
    await kubectl.wait("pod/restarting", "condition=Ready");
    const log = open({ targets: [target("Pod", "restarting")], tail: null });
    await log.until(({ lines }) => lines > 60);
    const started = await kubectl.text(
      "get",
      "pod",
      "restarting",
      "-o",
      "jsonpath={.status.containerStatuses[0].state.running.startedAt}",
    );
    const ended = new Date().toISOString().replace(/\.\d+/, "");
    await patchStatus(
      "restarting",
      1,
      { running: { startedAt: ended } },
      { terminated: { exitCode: 3, reason: "Error", startedAt: started, finishedAt: ended } },
    );
    await log.until(
      () => log.view?.rows.some(({ text }) => /line \d+/.test(text)) && (log.sources[0]?.lines ?? 0) > 150,
      30_000,
    );
    const lines = await log.lines();
    const what = lines.flatMap(({ notice }) => (notice === undefined ? [] : [notice]));
    expect(what).toEqual([
      { what: "ended", exitCode: 3, reason: "Error" },
      { what: "restarted", missedRuns: 0 },
    ]);
    const restart = lines.findIndex(({ notice }) => notice?.what === "restarted");
    const numbers = (part: Line[]) =>
      part.filter(({ notice }) => notice === undefined).map(({ text }) => Number(/line (\d+)/.exec(text)?.[1]));
    for (const run of [numbers(lines.slice(0, restart)), numbers(lines.slice(restart))]) {
      expect(run.length).toBeGreaterThan(20);
      expect(run).toEqual(run.map((_, index) => index));
    }

    const previous = open({ targets: [target("Pod", "restarting")], tail: null, previous: true });
    await previous.until(({ finished }) => finished);
    const oracle = await kubectl.text("logs", "restarting", "--previous", "--timestamps");
    expect(seen(await previous.text())).toEqual(seen(oracle));
    const never = open({ targets: [target("Pod", "steady")], previous: true });
    await never.until(({ finished }) => finished);
    expect(never.sources[0]).toMatchObject({
      state: "failed",
      reason: expect.stringContaining("previous terminated container"),
    });
  });

  it("take in new pods of a workload and say which have gone", async () => {
    for (const [index, from] of [target("Deployment", "web", "apps"), target("Service", "web")].entries()) {
      await kubectl.text("scale", "deployment/web", "--replicas=2");
      await kubectl.wait("deployment/web", "condition=Available");
      await eventually(async () => ((await podsOf("app=web")).length === 2 ? true : undefined));
      const log = open({ targets: [from] });
      await log.until(() => log.sources.length === 2 && log.sources.every(({ lines }) => lines > 0));
      await kubectl.text("scale", "deployment/web", "--replicas=3");
      await log.until(() => log.sources.length === 3 && log.sources.every(({ lines }) => lines > 1));
      const lines = await log.lines();
      const joined = lines.find(({ notice }) => notice?.what === "joined");
      expect(joined?.pod).toBe(log.sources[2]?.pod);
      await kubectl.text("delete", "pod", log.sources[0]?.pod ?? "", "--wait=false");
      await log.until(() => log.sources.some(({ state }) => state === "gone"), 40_000);
      const gone = (await log.lines()).find(({ notice }) => notice?.what === "gone");
      expect([gone?.pod, index]).toEqual([log.sources[0]?.pod, index]);
      log.close();
    }
  });

  it("are those of a Job, of a CronJob's runs as they come, and of pods that were chosen together", async () => {
    const template = { spec: { restartPolicy: "Never", containers: [{ name: "c", image: "registry.example/job:1" }] } };
    await kubectl.apply({
      apiVersion: "batch/v1",
      kind: "CronJob",
      metadata: { name: "tick", namespace: "default" },
      spec: { schedule: "0 0 1 1 *", suspend: true, jobTemplate: { spec: { template } } },
    });
    await kubectl.text("create", "job", "tick-one", "--from=cronjob/tick");
    await kubectl.text("create", "job", "other", "--image=registry.example/job:1");
    const cron = open({ targets: [target("CronJob", "tick", "batch")] });
    await cron.until(() => cron.sources.length === 1 && (cron.sources[0]?.lines ?? 0) > 0);
    await kubectl.text("create", "job", "tick-two", "--from=cronjob/tick");
    await cron.until(() => cron.sources.length === 2 && cron.sources.every(({ lines }) => lines > 0));
    expect(cron.sources.map(({ pod }) => pod.replace(/-\w+$/, ""))).toEqual(["tick-one", "tick-two"]);
    const job = open({ targets: [target("Job", "other", "batch")] });
    await job.until(() => job.sources.length === 1 && (job.sources[0]?.lines ?? 0) > 0);
    const chosen = open({ targets: [target("Pod", "mixed"), target("Pod", "steady")], containers: ["c", "side"] });
    await chosen.until(() => chosen.sources.length === 2 && chosen.sources.every(({ lines }) => lines > 10));
    expect(chosen.sources.map(({ pod, container }) => `${pod}/${container}`).toSorted()).toEqual([
      "mixed/side",
      "steady/c",
    ]);
  });

  it("say why there are none: no such workload, nothing that selects pods, a pod that waits", async () => {
    const missing = open({ targets: [target("Deployment", "nowhere", "apps")] });
    expect(await missing.until(({ problem }) => problem)).toMatchObject({ code: "object-not-found" });
    await kubectl.apply({
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "bare", namespace: "default" },
      spec: { ports: [{ port: 80 }] },
    });
    const bare = open({ targets: [target("Service", "bare")] });
    expect(await bare.until(({ problem }) => problem)).toMatchObject({ code: "object-invalid" });
    await kubectl.apply({
      ...pod("stuck", {}, ["c"]),
      spec: { nodeSelector: { nowhere: "true" }, containers: [{ name: "c", image: "registry.example/web:1" }] },
    });
    const stuck = open({ targets: [target("Pod", "stuck")] });
    await stuck.until(() => String(stuck.sources[0]?.reason).includes("nodes are available"));
    expect(stuck.sources[0]?.state).toBe("waiting");
  });

  it("need no more rights than to get a pod and its log, and say so where those are missing", async () => {
    const rbac = "rbac.authorization.k8s.io";
    const named = { name: "log-reader", namespace: "default" };
    await kubectl.apply(
      { apiVersion: "v1", kind: "ServiceAccount", metadata: named },
      {
        apiVersion: `${rbac}/v1`,
        kind: "Role",
        metadata: named,
        rules: [{ apiGroups: [""], resources: ["pods", "pods/log"], verbs: ["get"] }],
      },
      {
        apiVersion: `${rbac}/v1`,
        kind: "RoleBinding",
        metadata: named,
        roleRef: { apiGroup: rbac, kind: "Role", name: named.name },
        subjects: [{ kind: "ServiceAccount", ...named }],
      },
    );
    const token = (await kubectl.text("create", "token", named.name)).trim();
    const way = await connectionsWith("reader.json", (config) => {
      for (const entry of config.users) entry.user = { token };
    });
    try {
      const allowed = openThrough(way, { targets: [target("Pod", "steady")], tail: 10 });
      await allowed.until(({ lines }) => lines > 1_000);
      const forbidden = openThrough(way, { targets: [target("Deployment", "web", "apps")] });
      expect(await forbidden.until(({ problem }) => problem)).toMatchObject({ code: "forbidden" });
    } finally {
      way.logs.close();
    }
  });

  it("go on where they were when the page comes back, and end when it does not ask for the same", async () => {
    const source = { targets: [target("Pod", "steady")], tail: 10 };
    const input = (tail: number) => ({
      view: "the-same-view",
      source: logSource.parse({ ...source, tail }),
      query: logQuery.parse({ window: { offset: null, count: 1 } }),
    });
    const firstLines = async (tail: number) => {
      const controller = new AbortController();
      for await (const { lines } of logs.open(input(tail), controller.signal)) if (lines > 0) return lines;
      return 0;
    };
    const first = await firstLines(10);
    let kept = first;
    await eventually(async () => {
      kept = await firstLines(10);
      return kept > first + 4_000 ? true : undefined;
    });
    expect(await firstLines(11)).toBeLessThan(kept);
  });

  async function podsOf(selector: string): Promise<string[]> {
    return (await kubectl.text("get", "pods", "-l", selector, "-o", "name")).split("\n").filter(Boolean);
  }

  async function patchStatus(name: string, restartCount: number, state: object, lastState: object): Promise<void> {
    const containerStatuses = [
      {
        name: "c",
        image: "registry.example/web:1",
        imageID: "",
        ready: true,
        started: true,
        restartCount,
        state,
        lastState,
      },
    ];
    await kubectl.text(
      "patch",
      "pod",
      name,
      "--subresource=status",
      "--type=merge",
      "-p",
      JSON.stringify({ status: { containerStatuses } }),
    );
  }

  /** Logs read through a kubeconfig like the cluster's own, but for what `change` does to it. */
  async function connectionsWith(
    file: string,
    change: (config: KubeconfigJson) => void,
  ): Promise<{ logs: Logs; context: ContextId }> {
    const config: KubeconfigJson = JSON.parse(await kubectl.text("config", "view", "--raw", "-o", "json"));
    change(config);
    const path = join(test.dataDir, file);
    await writeFile(path, JSON.stringify(config), { mode: 0o600 });
    const through = await openConnections(path, join(test.dataDir, `${file}-settings`));
    return { logs: new Logs(through.connections), context: through.context };
  }

  function openThrough(
    way: { logs: Logs; context: ContextId },
    source: Partial<LogSource> & Pick<LogSource, "targets">,
  ) {
    const own = logs;
    logs = way.logs;
    const log = open({ ...source, targets: source.targets.map((each) => ({ ...each, context: way.context })) });
    const lines = log.lines;
    const close = log.close;
    logs = own;
    return {
      ...log,
      get view() {
        return log.view;
      },
      async lines() {
        logs = way.logs;
        try {
          return await lines();
        } finally {
          logs = own;
        }
      },
      close() {
        close();
        way.logs.close();
      },
    };
  }
});

function readAll(read: (from: number) => { text: string; next: number | null }): string {
  let text = "";
  for (let from: number | null = 0; from !== null; ) {
    const piece = read(from);
    text += piece.text;
    from = piece.next;
  }
  return text;
}

function pod(name: string, annotations: Record<string, string>, containers: string[], init: string[] = []) {
  const image = "registry.example/web:1";
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace: "default", annotations },
    spec: {
      containers: containers.map((container) => ({ name: container, image })),
      ...(init.length === 0 ? {} : { initContainers: init.map((container) => ({ name: container, image })) }),
    },
  };
}

function deployment(name: string, replicas: number) {
  const labels = { app: name };
  return [
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name, namespace: "default" },
      spec: {
        replicas,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels, annotations: { [rate]: "20" } },
          spec: { containers: [{ name: "c", image: "registry.example/web:1" }] },
        },
      },
    },
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name, namespace: "default" },
      spec: { selector: labels, ports: [{ port: 80 }] },
    },
  ];
}
