#!/usr/bin/env node
// Runs a TypeScript file of this project: `node bin/run.js test/run.ts …`. Plain JavaScript, because the Node that is on
// PATH may be too old for TypeScript; the one that runs it comes from the npm package "node".
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { wordsFor } from "./words.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const words = wordsFor(process.env);

function newEnough(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 22 || (major === 22 && minor >= 18);
}

/** The Node that takes TypeScript as it is: the package's own, or the one that runs this. */
function findNode() {
  const name = process.platform === "win32" ? "node.exe" : "node";
  const own = resolve(root, "node_modules", "node", "bin", name);
  if (existsSync(own)) return own;
  return newEnough(process.versions.node) ? process.execPath : undefined;
}

/**
 * Runs `file` (from the project's root) with `args` in the user's folder and ends as it ends. Signals are handed on (it
 * takes an interrupt that the terminal sent to both as one); if this process dies, it hears its channel close.
 */
export function run(file, args) {
  const node = findNode();
  if (node === undefined) {
    process.stderr.write(`${words.noNode(root)}\n`);
    process.exitCode = 1;
    return;
  }
  const child = spawn(node, ["--disable-warning=ExperimentalWarning", resolve(root, file), ...args], {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    process.stderr.write(`${words.notRun(node, error.message)}\n`);
    process.exitCode = 1;
  });
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? (signal === "SIGINT" ? 130 : 1);
  });
}

const invoked = process.argv[1];
if (invoked !== undefined && import.meta.url === pathToFileURL(resolve(invoked)).href) {
  const [file, ...args] = process.argv.slice(2);
  if (file === undefined) process.stderr.write(`${words.usage()}\n`);
  else run(file, args);
}
