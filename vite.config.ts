import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/**
 * The page, built to dist/renderer and served by both hosts under their content security policy: no script or style
 * inside the page, nothing as a data: URL, and a placeholder (electron/host/page.ts) where the answer's nonce belongs.
 */
export default defineConfig({
  root: "renderer",
  base: "/",
  plugins: [react()],
  html: { cspNonce: "__CSP_NONCE__" },
  build: {
    outDir: "../dist/renderer",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: "es2023",
    chunkSizeWarningLimit: 1_500,
  },
});
