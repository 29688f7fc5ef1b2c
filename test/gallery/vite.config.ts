import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import app from "../../vite.config.ts";

const here = fileURLToPath(new URL(".", import.meta.url));

/** `npm run gallery`: the page's parts and views without a backend, built as the page is. */
export default defineConfig({
  ...app,
  root: here,
  plugins: [react()],
  server: { fs: { allow: ["../.."] } },
  build: { ...app.build, outDir: "../../dist/gallery" },
});
