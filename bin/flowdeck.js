#!/usr/bin/env node
import { run } from "./run.js";

run("electron/cli/main.ts", process.argv.slice(2));
