import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterEach, describe, expect, it } from "vitest";
import { environmentOf, type Place } from "./app.ts";
import { freshPlaces } from "./places.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const linkPattern = /http:\/\/127\.0\.0\.1:\d+\/start\?token=\S+/;

/** A command of the project as a person types it, through bin/. */
class Command {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  output = "";
  #heard = Promise.withResolvers<void>();

  constructor(place: Place, program: string, args: readonly string[]) {
    this.child = spawn(process.execPath, [join(root, "bin", program), ...args], {
      cwd: place.folder,
      env: { ...environmentOf(place), FLOWDECK_DATA_DIR: place.dataDir },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const hear = (chunk: Buffer) => {
      this.output += chunk.toString();
      this.#heard.resolve();
      this.#heard = Promise.withResolvers();
    };
    this.child.stdout?.on("data", hear);
    this.child.stderr?.on("data", hear);
    this.ended = new Promise((resolve) => this.child.once("close", (code) => resolve(code)));
  }

  /** The first match in what it printed, or fails with what it printed when it ends without one. */
  async prints(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = pattern.exec(this.output)?.[0];
      if (found !== undefined) return found;
      const over = await Promise.race([this.#heard.promise.then(() => false), this.ended.then(() => true)]);
      if (over && !pattern.test(this.output)) throw new Error(`It ended without ${pattern}:\n${this.output}`);
    }
  }
}

describe.skipIf(process.platform === "win32")("starting the app", () => {
  const places = freshPlaces();
  const commands: Command[] = [];

  const start = (...args: string[]) => run("start.js", "--no-open", ...args);
  const flowdeck = (...args: string[]) => run("flowdeck.js", ...args);
  function run(program: string, ...args: string[]): Command {
    const command = new Command(places.place, program, args);
    commands.push(command);
    return command;
  }

  async function open(link: string): Promise<{ page: Page; complaints: string[] }> {
    const page = await places.page();
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(link);
    return { page, complaints };
  }

  afterEach(async () => {
    for (const command of commands.splice(0)) {
      command.child.kill("SIGTERM");
      await command.ended;
    }
  });

  it("says why it is in the browser, lets one browser in, and the page runs under its policy", async () => {
    const app = start();
    const link = await app.prints(linkPattern);
    expect(app.output).toMatch(/^Flowdeck runs in the browser: .+\.$/m);
    const first = await open(link);
    await first.page.getByRole("heading", { level: 1 }).waitFor();
    expect(first.complaints).toEqual([]);

    const second = await open(link);
    expect(await second.page.textContent("h1")).toContain("used up");

    const again = start();
    const next = await again.prints(linkPattern);
    expect(await again.ended).toBe(0);
    expect(new URL(next).host).toBe(new URL(link).host);
    const third = await open(next);
    await third.page.getByRole("heading", { level: 1 }).waitFor();

    app.child.kill("SIGINT");
    expect(await app.ended).toBe(0);
    expect(existsSync(join(places.place.dataDir, "host.json"))).toBe(false);
    for (const { page } of [first, second, third]) await page.context().close();
  });

  it("stops the practice cluster that it started when it ends", async () => {
    const app = start();
    const { page } = await open(await app.prints(linkPattern));
    const call = (name: string) =>
      page.evaluate(async (method) => {
        const headers = { "content-type": "application/json" };
        const answer = await fetch(`/api/call/${method}`, { method: "POST", headers, body: "{}" });
        return (await answer.json()).output.state;
      }, name);
    expect(await call("practice.start")).toMatch(/starting|running/);
    await expect.poll(() => call("practice.status"), { timeout: 60_000 }).toBe("running");
    app.child.kill("SIGTERM");
    expect(await app.ended).toBe(0);
    expect(app.output).toContain("The practice cluster is stopped");
    const status = flowdeck("practice", "status");
    expect(await status.ended).toBe(0);
    expect(status.output).toContain("is stopped");
    await page.context().close();
  });

  it("does not outlive the process it was started by", async () => {
    const app = start("--keep");
    const { origin } = new URL(await app.prints(linkPattern));
    expect((await fetch(origin)).status).toBe(401);
    app.child.kill("SIGKILL");
    const answers = () =>
      fetch(origin).then(
        () => true,
        () => false,
      );
    await expect.poll(answers, { timeout: 20_000 }).toBe(false);
  });

  it.each([
    ["--mirror", "none", "sources.json"],
    ["--kubeconfig", "none", "kubeconfig"],
    ["--port", "99999", "65535"],
    ["--nonsense", "x", "--help"],
  ])("explains what is wrong with %s", async (option, value, words) => {
    const app = start(option, value);
    expect(await app.ended).not.toBe(0);
    expect(app.output).toContain(words);
    expect(app.output).not.toContain("    at ");
  });

  it("from the command line starts a practice cluster that stays, and stops it", async () => {
    const begin = flowdeck("practice", "start", "--nodes", "2", "--json");
    expect(await begin.ended).toBe(0);
    const events = begin.output
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(events.at(-1)).toMatchObject({ type: "practice", data: { state: "running", nodes: 2 } });
    const contexts = flowdeck("contexts");
    expect(await contexts.ended).toBe(0);
    expect(contexts.output).toContain("practice");
    const wrong = flowdeck("install", "--context", "nowhere");
    expect(await wrong.ended).toBe(2);
    expect(wrong.output).toContain('There is no context "nowhere"');
    const reset = flowdeck("practice", "reset");
    expect(await reset.ended).toBe(1);
    expect(await flowdeck("practice", "stop").ended).toBe(0);
    expect(await flowdeck("practice", "reset", "--yes").ended).toBe(0);
  });
});
