import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Writes dist/THIRD-PARTY-NOTICES.txt: every package and Go module that ships with the app, with its licence's own text.
 * Made from package-lock.json and from what the toolbox links. Ends with 1 when something ships without a licence.
 */

const root = fileURLToPath(new URL("..", import.meta.url));
const target = join(root, "dist", "THIRD-PARTY-NOTICES.txt");

interface Notice {
  name: string;
  version: string;
  licence: string | undefined;
  texts: string[];
}

/** Licences and notices of a package, as it ships them. */
function textsIn(folder: string): string[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return []; // an optional package of another platform
  }
  return names
    .filter((name) => /^(licen[cs]e|copying|notice|patents)([.-].*)?$/i.test(name))
    .toSorted()
    .flatMap((name) => {
      try {
        return [readFileSync(join(folder, name), "utf8").trim()];
      } catch {
        return []; // a folder of that name
      }
    });
}

interface LockedPackage {
  version?: string;
  license?: string;
  dev?: boolean;
  optional?: boolean;
}

function npmNotices(): Notice[] {
  const lock: { packages: Record<string, LockedPackage> } = JSON.parse(
    readFileSync(join(root, "package-lock.json"), "utf8"),
  );
  return Object.entries(lock.packages).flatMap(([path, { version = "", license, dev = false }]) => {
    if (path === "" || dev) return [];
    const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
    return [{ name, version, licence: license, texts: textsIn(join(root, path)) }];
  });
}

function goNotices(): Notice[] {
  const format = "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Version}}\t{{.Dir}}{{end}}{{end}}";
  const listed = execFileSync("go", ["list", "-deps", "-f", format, "."], {
    cwd: join(root, "toolbox"),
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  return [...new Set(listed.split("\n"))].filter(Boolean).map((line) => {
    const [name = "", version = "", folder = ""] = line.split("\t");
    return { name, version, licence: undefined, texts: textsIn(folder) };
  });
}

const notices = [...npmNotices(), ...goNotices()].toSorted(
  (a, b) => a.name.localeCompare(b.name) || a.version.localeCompare(b.version),
);
const bare = notices.filter(({ licence, texts }) => licence === undefined && texts.length === 0);
if (bare.length > 0) {
  console.error(`These ship without a licence:\n${bare.map(({ name, version }) => `${name} ${version}`).join("\n")}`);
  process.exit(1);
}

// The same text is printed once, below all that came with it.
const byText = new Map<string, string[]>();
for (const { name, version, licence, texts } of notices) {
  const whole = texts.length > 0 ? texts.join("\n\n") : `Licence: ${licence}`;
  byText.set(whole, [...(byText.get(whole) ?? []), `${name} ${version}`]);
}
const rule = "=".repeat(80);
const body = [...byText].map(([text, names]) => `${rule}\n${names.join("\n")}\n${rule}\n\n${text}\n`);
mkdirSync(dirname(target), { recursive: true });
writeFileSync(target, `Flowdeck is built with the works of others. Their licences:\n\n${body.join("\n")}`);
console.log(`${notices.length} packages and modules, ${byText.size} different texts: ${target}`);
