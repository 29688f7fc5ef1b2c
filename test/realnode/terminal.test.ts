import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { TerminalRequest } from "../../common/contract/index.ts";
import { TerminalSessions } from "../../electron/terminal/index.ts";
import { TerminalPage } from "../cluster/terminal-support.ts";
import { busybox, debian, describeOnRealNodes, web } from "./support.ts";

const never = new AbortController().signal;
const size = { cols: 100, rows: 30 };

describeOnRealNodes("shells in real containers", (nodes) => {
  const { kubectl } = nodes.room;
  let terminals: TerminalSessions;
  const pages: TerminalPage[] = [];
  const exec = (...command: string[]) => kubectl.text("exec", "-n", nodes.namespace, ...command);

  async function open(request: TerminalRequest): Promise<TerminalPage> {
    const session = await terminals.open(request, size, never);
    const made = new TerminalPage(terminals, session.id);
    pages.push(made);
    return made;
  }
  const type = (shell: TerminalPage, text: string) => {
    for (const letter of text) shell.type(letter);
  };

  beforeAll(async () => {
    const workload = nodes.manifest("apps/v1", "Deployment", "workload", {
      spec: {
        selector: { matchLabels: { app: "workload" } },
        template: {
          metadata: { labels: { app: "workload" } },
          spec: { containers: [{ name: "c", image: busybox, command: ["sleep", "100000"] }] },
        },
      },
    });
    await kubectl.apply(
      workload,
      nodes.pod("small"),
      nodes.pod("full", { image: debian }),
      nodes.pod("bare", { image: web, command: undefined }),
      nodes.pod(
        "ends",
        { stdin: true, tty: true, command: ["sh", "-c", "read line; exit 4"] },
        { restartPolicy: "Never" },
      ),
      nodes.pod(
        "counts",
        { stdin: true, stdinOnce: true, command: ["sh", "-c", "cat > /tmp/all; wc -c < /tmp/all; exit 7"] },
        { restartPolicy: "Never" },
      ),
      nodes.pod("again", { stdin: true, tty: true, command: ["sh", "-c", "read line; exit 6"] }),
    );
    await kubectl.wait("pod", "condition=Ready", "--all", "-n", nodes.namespace);
  });
  beforeEach(() => {
    terminals = new TerminalSessions({
      ...{ connections: nodes.room.connections, tools: nodes.tools, dataDir: nodes.dataDir, version: "1.2.3" },
      installation: async () => undefined,
    });
  });
  afterEach(async () => {
    await terminals.close();
    await Promise.allSettled(pages.splice(0).map((one) => one.over));
  });
  afterAll(() => terminals?.close());

  describe.each([0, 20, 100, 250])("typed %i ms after they were opened", (ms) => {
    it.each([
      ["an image without bash", "Pod", "small"],
      ["an image with bash", "Pod", "full"],
      ["a Deployment's pod", "Deployment", "workload"],
    ])("takes every letter in %s", async (_what, kind, name) => {
      for (let time = 0; time < 3; time++) {
        const shell = await open({ kind: "exec", target: nodes.target(kind, name) });
        await new Promise((resolve) => setTimeout(resolve, ms));
        type(shell, "echo early-$((6*7)); exit 5\r");
        expect(await shell.end(), shell.text).toEqual({ reason: "exited", code: 5 });
        expect(shell.text).toContain("early-42");
      }
    });
  });

  it("says that an image has no shell, also to whoever types at once", async () => {
    const shell = await open({ kind: "exec", target: nodes.target("Pod", "bare") });
    type(shell, "ls\r");
    expect((await shell.end())?.error).toMatchObject({
      code: "not-found",
      message: expect.stringContaining("no shell"),
    });
  });

  it.each(["small", "full"])("ends the shell and what runs in it in %s when its tab is closed", async (name) => {
    const processes = async () => await exec(name, "--", "sh", "-c", "cat /proc/[0-9]*/cmdline | tr '\\0' ' '");
    const stays = await open({ kind: "exec", target: nodes.target("Pod", name) });
    const shell = await open({ kind: "exec", target: nodes.target("Pod", name) });
    type(stays, "sleep 4241\r");
    type(shell, "sleep 4242\r");
    await expect.poll(processes).toContain("sleep 4241");
    await expect.poll(processes).toContain("sleep 4242");
    await terminals.closeSession(shell.last?.id ?? "");
    await expect.poll(processes).not.toContain("sleep 4242");
    expect(await processes()).toContain("sleep 4241");
    await terminals.closeSession(stays.last?.id ?? "");
    await expect.poll(processes).not.toMatch(/sleep 424|flowdeck-/);
  });

  it.each([
    ["ends", 4],
    ["again", 6],
  ])("tells how an attached process ended: %s", async (name, code) => {
    const shell = await open({ kind: "attach", target: nodes.target("Pod", name) });
    type(shell, "go\r");
    expect(await shell.end()).toEqual({ reason: "exited", code });
  });

  it("ends the input of an attached process without a terminal with Ctrl-D", async () => {
    const shell = await open({ kind: "attach", target: nodes.target("Pod", "counts") });
    type(shell, "five\n\x04");
    expect(await shell.end(), shell.text).toEqual({ reason: "exited", code: 7 });
    expect(shell.text).toContain("5");
  });
});
