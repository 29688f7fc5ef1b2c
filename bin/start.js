#!/usr/bin/env node
import { run } from "./run.js";

run("electron/cli/start.ts", process.argv.slice(2));
