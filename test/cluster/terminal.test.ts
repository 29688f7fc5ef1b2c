import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { contextId, errorDetail, type ObjectTarget, type TerminalRequest } from "../../common/contract/index.ts";
import type { ClusterClient } from "../../electron/cluster/index.ts";
import { runInPod, startInPod } from "../../electron/exec/index.ts";
import { TerminalSessions } from "../../electron/terminal/index.ts";
import { clusterRoom } from "./cluster-room.ts";
import { eventually } from "./kubectl.ts";
import { describeWithCluster } from "./support.ts";
import { TerminalPage } from "./terminal-support.ts";

const never = new AbortController().signal;
const size = { cols: 100, rows: 30 };
/** Rung by a shell that completes a word bit by bit. */
const bell = "\x07";

await describeWithCluster("terminals", (test) => {
  const room = clusterRoom(test);
  const { kubectl } = room;
  let kube: ClusterClient;
  let terminals: TerminalSessions;
  const pages: TerminalPage[] = [];

  const pod = (name: string, spec: object = {}, image = "registry.example/web:1") => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace: "default" },
    spec: { containers: [{ name: "c", image, ...spec }] },
  });
  /** Its process writes ten lines a second; otherwise one comes now and then. */
  const talking = (made: ReturnType<typeof pod>) => ({
    ...made,
    metadata: { ...made.metadata, annotations: { "practice.flowdeck.dev/log-rate": "10" } },
  });
  const target = (name: string, kind = "Pod"): ObjectTarget => {
    const { context } = room;
    return kind === "Pod"
      ? { context, group: "", version: "v1", plural: "pods", kind, namespace: "default", name }
      : { context, group: "apps", version: "v1", plural: "deployments", kind, namespace: "default", name };
  };
  async function open(request: TerminalRequest): Promise<TerminalPage> {
    const session = await terminals.open(request, size, never);
    return page(session.id);
  }
  async function shellOf(shell: TerminalPage) {
    await expect.poll(() => shell.last).toBeDefined();
    return shell.last;
  }
  function page(session: string, options?: { draws?: boolean; from?: number }): TerminalPage {
    const made = new TerminalPage(terminals, session, options);
    pages.push(made);
    return made;
  }

  beforeAll(async () => {
    kube = await room.connections.client(room.context);
    await kubectl.apply(
      talking(pod("web")),
      talking(pod("reader", { stdin: true, tty: true })),
      pod("bare", {}, "gcr.io/distroless/static:1"),
      pod("small", {}, "busybox:1"),
    );
    for (const name of ["web", "reader", "bare", "small"]) await kubectl.wait(`pod/${name}`, "condition=Ready");
  });
  afterAll(async () => {
    await kube?.close();
  });
  beforeEach(() => {
    terminals = new TerminalSessions({
      ...{ connections: room.connections, tools: test.tools, dataDir: test.dataDir, version: "1.2.3" },
      installation: async (kfDir) =>
        existsSync(kfDir)
          ? { name: "kf", baseDir: test.dataDir, kfDir, configUri: "https://example.org/kfdef.yaml" }
          : undefined,
    });
  });
  afterEach(async () => {
    await terminals.close();
    await Promise.allSettled(pages.splice(0).map((one) => one.over));
  });

  describe("commands in pods, as kubectl exec runs them", () => {
    const place = { namespace: "default", pod: "web", container: "c", signal: never };
    const exec = (command: string[], pod = "web") => runInPod(kube, { ...place, pod, command });
    async function fed(command: string[], input: Buffer) {
      const process = await startInPod(kube, { ...place, command, stdin: true });
      const output = process.stdout.toArray();
      await process.write(input);
      expect(process.endInput()).toBe(true);
      return { ...(await process.ended), stdout: Buffer.concat(await output) };
    }
    async function oracle(command: string[], input?: Buffer) {
      const child = await kubectl.spawn(["exec", ...(input ? ["-i"] : []), "web", "-c", "c", "--", ...command]);
      const out: Buffer[] = [];
      child.stdout?.on("data", (chunk: Buffer) => out.push(chunk));
      child.stdin?.end(input);
      const code = await new Promise((resolve) => child.once("close", resolve));
      return { code, stdout: Buffer.concat(out) };
    }

    it.each([
      ["text", ["sh", "-c", "echo one; echo 둘 && printenv HOSTNAME"]],
      ["an exit code", ["sh", "-c", "echo before; exit 7"]],
      ["a command that is not there", ["no-such-command"]],
      ["much", ["seq", "1", "200000"]],
    ])("%s", async (_name, command) => {
      const [ours, theirs] = await Promise.all([exec(command), oracle(command)]);
      expect(ours.code).toBe(theirs.code);
      expect(ours.stdout.equals(theirs.stdout)).toBe(true);
      expect(ours.stdout.length + ours.stderr.length).toBeGreaterThan(0);
    });

    it("binary through the input to its end, byte for byte", async () => {
      const input = Buffer.concat([Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)), randomBytes(3 << 20)]);
      const [ours, theirs] = await Promise.all([fed(["cat"], input), oracle(["cat"], input)]);
      expect(ours.code).toBe(0);
      expect(ours.stdout.equals(input)).toBe(true);
      expect(theirs.stdout.equals(input)).toBe(true);
    });

    it("keeps the two outputs apart", async () => {
      const ended = await exec(["sh", "-c", "echo out; nothing-of-that-name"]);
      expect(ended.stdout.toString()).toBe("out\n");
      expect(ended.stderr.toString()).toContain("nothing-of-that-name");
    });

    it("says which pod is not there", async () => {
      await expect(exec(["true"], "gone")).rejects.toMatchObject({ code: "object-not-found" });
    });

    it("is refused to whoever may not, in the server's words", async () => {
      await room.kubeconfigs.setOptions(room.context, { impersonate: { user: "nobody", groups: [] } });
      const other = await room.connections.client(room.context);
      try {
        const refused = runInPod(other, { ...place, command: ["true"] });
        await expect(refused).rejects.toMatchObject({ code: "forbidden", detail: expect.stringContaining("nobody") });
        await expect(open({ kind: "exec", target: target("web") })).rejects.toMatchObject({ code: "forbidden" });
      } finally {
        await room.kubeconfigs.setOptions(room.context, { impersonate: null });
        await other.close();
      }
    });

    it("is refused where the context is read-only", async () => {
      await room.kubeconfigs.setOptions(room.context, { readOnly: true });
      try {
        await expect(open({ kind: "exec", target: target("web") })).rejects.toMatchObject({ code: "not-allowed" });
        const local = await open({ kind: "local", context: room.context });
        expect(await shellOf(local)).toMatchObject({ notices: ["read-only-context"] });
      } finally {
        await room.kubeconfigs.setOptions(room.context, { readOnly: false });
      }
    });
  });

  describe("into pods", () => {
    it("open a shell, with the terminal's size, now and after it changes", async () => {
      const shell = await open({ kind: "exec", target: target("web") });
      await shell.shows("practice:/# ");
      shell.type("stty size\r");
      await shell.shows("30 100");
      terminals.resize(shell.last?.id ?? "", { cols: 133, rows: 51 });
      // The size and what is typed travel apart: a question may come before the size it asks about.
      await eventually(async () => {
        shell.type("stty size\r");
        await new Promise((resolve) => setTimeout(resolve, 200));
        return shell.text.includes("51 133") ? true : undefined;
      });
      shell.type("echo 안녕하세요\r");
      await shell.shows("\r\n안녕하세요\r\n");
      shell.type("exit 3\r");
      expect(await shell.end()).toEqual({ reason: "exited", code: 3 });
    });

    it("stop a flood with Ctrl-C, and lose nothing of what was written", async () => {
      const shell = await open({ kind: "exec", target: target("web") });
      shell.type("seq 1 300000; yes flood\r");
      await shell.shows("flood\r\nflood\r\n");
      shell.type("\x03");
      shell.type("echo over; exit\r");
      await shell.shows(/\^C[\s\S]*over\r\n/);
      expect(await shell.end()).toMatchObject({ reason: "exited" });
      const numbers = shell.text.slice(shell.text.indexOf("\r\n1\r\n2\r\n") + 2, shell.text.indexOf("flood\r\nflood"));
      expect(numbers).toBe(Array.from({ length: 300_000 }, (_, at) => `${at + 1}\r\n`).join(""));
    });

    it("hold the flood back while the page draws nothing, and go on when it does", async () => {
      const session = await terminals.open({ kind: "exec", target: target("web") }, size, never);
      const shell = page(session.id, { draws: false });
      shell.type("yes\r");
      await expect.poll(() => shell.output.length, { timeout: 20_000 }).toBeGreaterThan(100_000);
      // What the server had sent before it noticed may still come; then it stands still.
      let before = 0;
      await expect
        .poll(
          () => {
            const same = shell.output.length === before;
            before = shell.output.length;
            return same;
          },
          { timeout: 20_000, interval: 400 },
        )
        .toBe(true);
      expect(before).toBeLessThan(1 << 20);
      const second = page(session.id);
      await shell.over;
      expect(shell.items.at(-1)).toBe("moved");
      await expect.poll(() => second.output.length, { timeout: 20_000 }).toBeGreaterThan(3 << 20);
    });

    it("take the shell that the image has, and say so where it has none", async () => {
      const small = await open({ kind: "exec", target: target("small") });
      await small.shows("practice:/# ");
      const bare = await open({ kind: "exec", target: target("bare") });
      const end = await bare.end();
      expect(end?.reason).toBe("failed");
      expect(end?.error).toMatchObject({ code: "not-found", message: expect.stringContaining("no shell") });
      expect(end?.error && errorDetail(end.error, "en")).toContain("kubectl debug -it bare");
    });

    it.each([0, 20, 100])("take what is typed %i ms after they were opened, whichever shell there is", async (ms) => {
      const shell = await open({ kind: "exec", target: target("small") });
      await new Promise((resolve) => setTimeout(resolve, ms));
      for (const letter of "echo early-$HOSTNAME; exit 5\r") shell.type(letter);
      expect(await shell.end()).toEqual({ reason: "exited", code: 5 });
      expect(shell.text).toContain("\r\nearly-small\r\n");
    });

    it("attach to what the container's own process writes", async () => {
      const shell = await open({ kind: "attach", target: target("reader") });
      expect(await shell.shows(/\S+/)).toBeTruthy();
      expect(shell.last).toMatchObject({ kind: "attach", reads: true, tty: true, container: "c" });
      const mute = await open({ kind: "attach", target: target("web") });
      await mute.shows(/\S+/);
      expect(mute.last).toMatchObject({ reads: false, tty: false });
    });

    it("say that the pod was deleted, keep the output, and go on in the workload's newest pod", async () => {
      await kubectl.apply({
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { name: "site", namespace: "default" },
        spec: {
          selector: { matchLabels: { app: "site" } },
          template: {
            metadata: { labels: { app: "site" } },
            spec: { containers: [{ name: "c", image: "registry.example/site:1" }] },
          },
        },
      });
      await kubectl.wait("deployment/site", "condition=Available");
      const first = await open({ kind: "exec", target: target("site", "Deployment") });
      await first.shows("practice:/# ");
      first.type("echo remember this\r");
      await first.shows("\r\nremember this\r\n");
      const { id = "", target: taken, workload } = first.last ?? {};
      expect(workload).toEqual({ apiVersion: "apps/v1", kind: "Deployment", name: "site" });
      await kubectl.text("delete", "pod", taken?.name ?? "", "--wait=false");
      expect(await first.end()).toMatchObject({ reason: "pod-gone" });
      // A page that comes now still reads it all.
      const late = page(id);
      await late.over;
      expect(late.text).toContain("remember this");
      if (taken === undefined || workload === undefined) throw new Error("no pod was taken");
      const next = await eventually(async () => {
        const opened = await open({ kind: "exec", target: taken, workload });
        return opened;
      });
      await next.shows("practice:/# ");
      expect(next.last?.target?.name).toMatch(/^site-/);
      expect(next.last?.target?.uid).not.toBe(taken.uid);
    });
  });

  describe.skipIf(process.platform === "win32")("on this machine", () => {
    it("know the context and the installation, and end without a trace", async () => {
      const kfDir = join(test.dataDir, "kf");
      await mkdir(kfDir, { recursive: true });
      const shell = await open({ kind: "local", context: room.context, kfDir });
      shell.type(`cd "$KF_DIR" && echo "[$KF_NAME|$BASE_DIR|$KF_DIR|$CONFIG_URI|$PWD]"\r`);
      await shell.shows(`[kf|${test.dataDir}|${kfDir}|https://example.org/kfdef.yaml|${kfDir}]`);
      shell.type("kubectl config current-context; kubectl get pods -o name; kustomize version; echo =$?=\r");
      await shell.shows("pod/web");
      await shell.shows("=0=");
      expect(shell.text).toMatch(/\rpractice\r\n/);
      const folder = join(test.dataDir, "terminals");
      const [own = ""] = await readdir(folder);
      const kubeconfig = join(folder, own, "kubeconfig");
      expect((await stat(kubeconfig)).mode & 0o777).toBe(0o600);
      expect((await stat(join(folder, own))).mode & 0o777).toBe(0o700);
      expect(JSON.parse(await readFile(kubeconfig, "utf8")).contexts).toHaveLength(1);
      shell.type("exit 4\r");
      expect(await shell.end()).toEqual({ reason: "exited", code: 4 });
      await expect.poll(() => readdir(folder)).toEqual([]);
    });

    it("complete kubectl's and kustomize's words", async () => {
      const shell = await open({ kind: "local", context: room.context });
      shell.type("echo read''y\r");
      await shell.shows("ready");
      shell.type("kubectl describe pod rea\t");
      await shell.shows(new RegExp(`describe pod rea${bell}?der`));
      shell.type("\x15kustomize bui\t");
      await shell.shows(new RegExp(`kustomize bui${bell}?ld`));
      shell.type("\x15exit\r");
      expect(await shell.end()).toMatchObject({ reason: "exited" });
    });

    it("stay when the page goes, and come back with what they wrote", async () => {
      const first = await open({ kind: "local" });
      first.type("echo $((6*7))from the first page\r");
      await first.shows("42from the first page");
      first.leave();
      const { id = "" } = first.last ?? {};
      const second = page(id);
      await second.shows("42from the first page");
      second.type("echo $((7*7))\r");
      await second.shows("49");
      const again = page(id, { from: second.next });
      second.type("echo $((8*8))\r");
      await again.shows("64");
      expect(again.text).not.toContain("42from");
    });

    it("are listed until they are closed, and closing ends the shell", async () => {
      const shell = await open({ kind: "local" });
      shell.type("echo pid=$$=\r");
      const pid = Number(/=(\d+)=/.exec(await shell.shows(/pid=\d+=/))?.[1]);
      const { id = "" } = shell.last ?? {};
      const lists = terminals.list(never)[Symbol.asyncIterator]();
      expect((await lists.next()).value?.map((one: { id: string }) => one.id)).toEqual([id]);
      await terminals.closeSession(id);
      expect(() => process.kill(pid, 0)).toThrow();
      expect((await lists.next()).value).toEqual([]);
      expect(() => terminals.attach(id, undefined, never)).toThrow(/ended with the app/);
    });

    it("say why they can't be opened", async () => {
      await expect(open({ kind: "local", kfDir: join(test.dataDir, "nothing") })).rejects.toMatchObject({
        code: "not-found",
      });
      await expect(open({ kind: "local", context: contextId.parse("no-such-context") })).rejects.toMatchObject({
        code: "context-unknown",
      });
      expect(await readdir(join(test.dataDir, "terminals"))).toEqual([]);
    });
  });
});
