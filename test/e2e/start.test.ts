import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterEach, describe, expect, it } from "vitest";
import { environmentOf, type Place } from "./app.ts";
import { callFrom } from "./call.ts";
import { freshPlaces } from "./places.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const linkPattern = /http:\/\/127\.0\.0\.1:\d+\/start\?token=\S+/;

/** A command of the project as a person types it, through bin/. */
class Command {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  output = "";
  #heard = Promise.withResolvers<void>();

  constructor(place: Place, program: string, args: readonly string[], env: NodeJS.ProcessEnv) {
    this.child = spawn(process.execPath, [join(root, "bin", program), ...args], {
      cwd: place.folder,
      env: { ...environmentOf(place), FLOWDECK_DATA_DIR: place.dataDir, ...env },
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

  const start = (...args: string[]) => run("start.js", ["--no-open", ...args]);
  const flowdeck = (...args: string[]) => run("flowdeck.js", args);
  function run(program: string, args: string[], env: NodeJS.ProcessEnv = {}): Command {
    const command = new Command(places.place, program, args, env);
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
    expect(new URL(first.page.url()).search).toBe("");

    const second = await open(link);
    await second.page.getByRole("heading", { name: /already used/ }).waitFor();
    await second.page.goto(new URL(link).origin);
    await second.page.getByRole("heading", { name: /not signed in/ }).waitFor();

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

  it("goes on after a reload and in another tab, and gives other ports of this machine nothing to come in with", async () => {
    const app = start();
    const link = await app.prints(linkPattern);
    const { origin, port } = new URL(link);
    const { page } = await open(link);
    const home = page.getByRole("heading", { name: /step by step/ });
    await home.waitFor();

    // Another program of this machine: it sees what the browser sends it, and sets what cookies it likes.
    const seen: IncomingHttpHeaders[] = [];
    const names = [`flowdeck-${port}=x; Path=/`, `flowdeck-${port}=x; Path=/api`, "flowdeck.session=x; Path=/"];
    const other = createServer((request, response) => {
      seen.push(request.headers);
      response.setHeader("set-cookie", names).end("<p>another program</p>");
    });
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    try {
      const elsewhere = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
      const visit = await page.context().newPage();
      await visit.goto(elsewhere);
      expect(await visit.evaluate(() => localStorage.length)).toBe(0);
      // All that it could gather, in the hands of a program that sends what it likes.
      const gathered = JSON.stringify(seen);
      const secret = await page.evaluate(() => JSON.parse(localStorage.getItem("flowdeck.session") ?? '""'));
      expect(secret).toMatch(/^[\w-]{43}$/);
      expect(gathered).not.toContain(secret);
      const call = (headers: Record<string, string>) =>
        fetch(`${origin}/api/call/app.info`, {
          method: "POST",
          headers: { "content-type": "application/json", origin, ...headers },
          body: "{}",
        });
      expect((await call({ cookie: seen.at(-1)?.cookie ?? "" })).status).toBe(401);
      expect((await call({ authorization: `Bearer ${secret}` })).status).toBe(200);

      await page.reload();
      await home.waitFor();
      expect(await callFrom(page, "app.info", {})).toMatchObject({ host: "web" });
      await visit.goto(origin);
      await visit.getByRole("heading", { name: /step by step/ }).waitFor();
      await visit.goto(link); // used up, but this browser is in
      await visit.getByRole("heading", { name: /step by step/ }).waitFor();
    } finally {
      other.close();
    }
    await page.context().close();
  });

  it.skipIf(process.platform !== "linux")(
    "keeps the link off the command line of the browser, and takes away the page that leads to it",
    async () => {
      const { folder, dataDir } = places.place;
      const asked = join(folder, "asked");
      await mkdir(join(folder, "bin"));
      await writeFile(
        join(folder, "bin", "xdg-open"),
        `#!/bin/sh\nprintf '%s\\n' "$@" > "${asked}.new"\nmv "${asked}.new" "${asked}"\n`,
        {
          mode: 0o755,
        },
      );
      const app = run("start.js", ["--web"], { DISPLAY: ":0", PATH: `${join(folder, "bin")}:${process.env.PATH}` });
      const link = await app.prints(linkPattern);
      await expect.poll(() => existsSync(asked), { timeout: 10_000 }).toBe(true);
      const args = await readFile(asked, "utf8");
      expect(args).toMatch(/^file:\/\/\/\S+\n$/);
      expect(args).not.toContain(new URL(link).searchParams.get("token"));
      const file = fileURLToPath(args.trim());
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      expect((await stat(dirname(file))).mode & 0o777).toBe(0o700);
      const { page } = await open(args.trim());
      await page.getByRole("heading", { name: /step by step/ }).waitFor();
      await expect.poll(() => existsSync(dirname(file)), { timeout: 5_000 }).toBe(false);
      expect((await readdir(dataDir)).filter((name) => name.startsWith("flowdeck-start"))).toEqual([]);
      await page.context().close();
    },
  );

  it("stops the practice cluster that it started when it ends", async () => {
    const app = start();
    const { page } = await open(await app.prints(linkPattern));
    const call = async (name: string) => ((await callFrom(page, name, {})) as { state: string }).state;
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
    expect((await fetch(origin)).status).toBe(200);
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
