import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/** What a busy machine takes longer to do is waited for longer than a poll would by itself. */
const patient = { poll: { timeout: 20_000 } };

/** Unit tests are pure and quick; cluster tests share two cores with a real API server, so they run one file at a time. */
export default defineConfig({
  plugins: [react()],
  test: {
    projects: [
      { extends: true, test: { name: "unit", include: ["test/unit/**/*.test.{ts,tsx}"] } },
      {
        extends: true,
        test: {
          name: "cluster",
          include: ["test/cluster/**/*.test.ts"],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 420_000,
          expect: patient,
        },
      },
      {
        extends: true,
        test: {
          name: "realnode",
          include: ["test/realnode/**/*.test.ts"],
          fileParallelism: false,
          // Tests that only wait for what kubelets do to their pods wait together.
          maxConcurrency: 40,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: patient,
        },
      },
      {
        extends: true,
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 420_000,
          expect: patient,
        },
      },
    ],
  },
});
