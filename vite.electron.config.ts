import { builtinModules } from "node:module";
import { defineConfig } from "vite";

/**
 * The two programs Electron starts, built to dist/electron: `--mode main` (an ES module) and `--mode preload` (CommonJS
 * in one file, as a sandboxed preload script has to be). All dependencies are inside, so a package needs no node_modules.
 */
export default defineConfig(({ mode }) => {
  const preload = mode === "preload";
  return {
    define: { "process.env.NODE_ENV": JSON.stringify("production") },
    ssr: { noExternal: true, external: ["electron"] },
    build: {
      ssr: preload ? "electron/preload.ts" : "electron/main.ts",
      outDir: "dist/electron",
      emptyOutDir: !preload, // main is built first
      target: "node24",
      minify: false,
      rolldownOptions: {
        external: ["electron", ...builtinModules, /^node:/],
        output: preload
          ? { format: "cjs", entryFileNames: "preload.cjs", codeSplitting: false }
          : { format: "es", entryFileNames: "main.js" },
      },
    },
  };
});
