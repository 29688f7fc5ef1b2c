import { builtinModules } from "node:module";
import { defineConfig } from "vite";

/**
 * What Electron starts, built to dist/electron: `--mode main` (ES modules: the main process, and the worker threads of
 * tables and logs, which it starts as files of their own) and `--mode preload` (CommonJS in one file, as a sandboxed preload script
 * has to be). All dependencies are inside but for node-pty, whose program for the platform has to be a file of its own:
 * a package holds no other node_modules.
 */
export default defineConfig(({ mode }) => {
  const preload = mode === "preload";
  return {
    define: { "process.env.NODE_ENV": JSON.stringify("production") },
    ssr: { noExternal: true, external: ["electron", "@lydell/node-pty"] },
    build: {
      ssr: true,
      outDir: "dist/electron",
      emptyOutDir: !preload, // main is built first
      target: "node24",
      minify: false,
      rolldownOptions: {
        input: preload
          ? { preload: "electron/preload.ts" }
          : {
              main: "electron/main.ts",
              "tables-worker": "electron/tables/worker.ts",
              "logs-match-worker": "electron/logs/match-worker.ts",
            },
        external: ["electron", "@lydell/node-pty", ...builtinModules, /^node:/],
        output: preload
          ? { format: "cjs", entryFileNames: "preload.cjs", codeSplitting: false }
          : { format: "es", entryFileNames: "[name].js" },
      },
    },
  };
});
