import { spawn } from "node:child_process";
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { browserProblem } from "./e2e/browser.ts";
import { realNodesProblem, startRealNodes, stopRealNodes } from "./realnode/cluster.ts";
import { couldNotRun, countGo, countVitest, demandRun, lastLine, type SuiteResult, together } from "./report.ts";
import { readyToolbox } from "./toolbox.ts";

/**
 * The test command: type-check, lint, unused code, the toolbox's own tests, then the unit, cluster and browser suites,
 * and those on real kubelets.
 * Its last line counts over all of them; it ends with 1 when anything failed. With CI=true every suite has to run.
 * Arguments choose suites by name: `npm test -- unit lint`.
 */

const root = fileURLToPath(new URL("..", import.meta.url));
const mustRun = process.env.CI === "true" || process.env.CI === "1";
const node = process.execPath;
const bin = (...parts: string[]) => join(root, "node_modules", ...parts);
const interrupted = new AbortController();
process.on("SIGINT", () => interrupted.abort());
process.on("SIGTERM", () => interrupted.abort());

interface Ran {
  code: number;
  output: string;
}

/** Runs a program; its output is shown as it comes, or kept when it is to be read. */
function run(file: string, args: readonly string[], options: { cwd?: string; env?: object; keep?: boolean } = {}) {
  return new Promise<Ran>((resolve) => {
    const child = spawn(file, args, {
      cwd: options.cwd ?? root,
      env: { ...process.env, ...options.env },
      stdio: ["ignore", options.keep ? "pipe" : "inherit", "inherit"],
      signal: interrupted.signal,
    });
    let output = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    child.once("error", (error) => resolve({ code: 1, output: `${output}${error.message}` }));
    child.once("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

async function check(name: string, file: string, args: readonly string[]): Promise<SuiteResult> {
  const { code } = await run(node, [file, ...args]);
  const failed = code === 0 ? 0 : 1;
  return { name, passed: 1 - failed, failed, skipped: 0, notes: failed ? [`failed: ended with code ${code}`] : [] };
}

async function vitest(project: string, env: object = {}): Promise<SuiteResult> {
  const report = join(root, "dist", "test", `${project}.json`);
  await mkdir(join(root, "dist", "test"), { recursive: true });
  await rm(report, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const program = bin("vitest", "vitest.mjs");
  const { code } = await run(node, [program, "run", "--project", project, ...reporters], { env });
  let text: string;
  try {
    text = await readFile(report, "utf8");
  } catch {
    return couldNotRun(project, `vitest ended with code ${code} and left no report`, true);
  }
  return countVitest(project, JSON.parse(text), code);
}

/** The toolbox is wanted by several suites; it is found or built once. */
let toolbox: ReturnType<typeof readyToolbox> | undefined;
function wantToolbox() {
  toolbox ??= readyToolbox(interrupted.signal, (line) => console.log(line));
  return toolbox;
}

const suites: Record<string, () => Promise<SuiteResult>> = {
  types: () => check("types", bin("typescript", "bin", "tsc"), ["-b"]),
  async lint() {
    const colors = `--colors=${process.stdout.isTTY ? "force" : "off"}`;
    const code = await check("code", bin("@biomejs", "biome", "bin", "biome"), ["ci", "--error-on-warnings", colors]);
    return together("lint", [code, await check("English", join(root, "test", "prose", "lint.ts"), [])]);
  },
  unused: () => check("unused", bin("knip", "bin", "knip.js"), []),
  async unit() {
    const found = await wantToolbox();
    return vitest("unit", "path" in found ? { FLOWDECK_TOOLBOX: found.path } : {});
  },
  async toolbox() {
    const { code, output } = await run("go", ["test", "-vet=off", "-json", "./..."], {
      cwd: join(root, "toolbox"),
      keep: true,
    });
    if (output.includes("ENOENT")) return couldNotRun("toolbox", "Go is not installed", mustRun);
    return countGo("toolbox", output, code);
  },
  async cluster() {
    const found = await wantToolbox();
    if ("missing" in found) return couldNotRun("cluster", found.missing, mustRun);
    return demandRun(await vitest("cluster", { FLOWDECK_TOOLBOX: found.path }), mustRun);
  },
  async e2e() {
    const found = await wantToolbox();
    const problem = "missing" in found ? found.missing : await browserProblem();
    if (problem !== undefined) return couldNotRun("e2e", problem, mustRun);
    const env = "path" in found ? { FLOWDECK_TOOLBOX: found.path } : {};
    return demandRun(await vitest("e2e", env), mustRun);
  },
  async realnode() {
    const found = await wantToolbox();
    if ("missing" in found) return couldNotRun("realnode", found.missing, mustRun);
    const problem = realNodesProblem();
    if (problem !== undefined) return couldNotRun("realnode", problem.why, mustRun && !problem.excused);
    try {
      const kubeconfig = await startRealNodes(found.path, interrupted.signal);
      const env = { FLOWDECK_TOOLBOX: found.path, FLOWDECK_REALNODE: kubeconfig };
      return demandRun(await vitest("realnode", env), mustRun);
    } catch (error) {
      return couldNotRun("realnode", `the cluster did not start: ${String(error)}`, mustRun);
    } finally {
      await stopRealNodes(found.path);
    }
  },
};

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !Object.hasOwn(suites, name));
if (unknown.length > 0) {
  console.error(`There is no suite ${unknown.join(", ")}; there are ${Object.keys(suites).join(", ")}.`);
  process.exit(2);
}

const results: SuiteResult[] = [];
for (const [name, suite] of Object.entries(suites)) {
  if (interrupted.signal.aborted || (chosen.length > 0 && !chosen.includes(name))) continue;
  console.log(`\n── ${name}`);
  const began = Date.now();
  const result = await suite();
  results.push(result);
  console.log(`── ${name}: ${lastLine([result])} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
}

const notes = results.flatMap((result) => result.notes.map((note) => `${result.name}: ${note}`));
if (notes.length > 0) console.log(`\n${notes.join("\n")}`);
if (interrupted.signal.aborted) console.log("\nInterrupted: what had not run is not counted.");
console.log(`\n${lastLine(results)}`);
process.exitCode = interrupted.signal.aborted || results.some((result) => result.failed > 0) ? 1 : 0;
