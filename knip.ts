import type { KnipConfig } from "knip";

/** Fonts come in through style sheets. */
const importsOfCss = (text: string) =>
  [...text.matchAll(/(?:@import|url\()\s*"?([^")]+)"?/g)]
    .map(([, path = ""]) => path)
    .filter((path) => !path.startsWith("data:"))
    .map((path) => `import "${path}";`)
    .join("\n");

const config: KnipConfig = {
  entry: [
    "bin/*.{js,ts}",
    "electron/preload.ts",
    "electron/terminal/xterm-types.d.ts", // electron/tsconfig.json leads to it
    "electron/cli/{main,start}.ts",
    "test/{run,prose/lint}.ts",
    "test/bench/*.ts",
    "test/bench/browser/*-child.ts",
    "test/cluster/*-child.ts",
    "test/e2e/screenshots.ts",
    "test/gallery/{main.tsx,vite.config.ts,css.d.ts}",
  ],
  project: ["{bin,common,electron,renderer,test}/**/*.{js,ts,tsx,css}", "*.ts"],
  compilers: { css: importsOfCss },
  // A room's types are there for whoever enters it.
  exclude: ["types"],
  ignoreBinaries: ["go", "moto_server", "mount", "openssl", "umount"],
  ignoreExportsUsedInFile: true,
};

export default config;
