import { createHash } from "node:crypto";

/** What params.env files get beside an application's parameters. */
export interface Defaults {
  /** The installation's name. */
  name: string;
  namespace: string;
  /** Of Google Cloud. */
  project: string;
  /** Of a name that is to be unique: the same at every build of one installation, and at no other's. */
  seed: string;
}

/**
 * The lines of a params.env with an application's parameters put in: only names that are there already count, an empty
 * value counts as none. What has no value of its own and is called appName, namespace or project gets the KfDef's.
 */
export function editParamsEnv(text: string, parameters: ReadonlyMap<string, string>, defaults: Defaults): string {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  const edited = lines.map((line) => editLine(line.replace(/\r$/, ""), parameters, defaults));
  return edited.map((line) => `${line}\n`).join("");
}

function editLine(line: string, parameters: ReadonlyMap<string, string>, defaults: Defaults): string {
  const [name = "", before = ""] = line.split("=");
  const value = parameters.get(name) ?? "";
  if (value !== "") {
    // A name that the manifests leave open is made unique. kfctl draws lots; here a build can be done again.
    const tail = name === "generateName" && before === "" ? eightDigits(`${value}\0${defaults.seed}`) : "";
    return `${name}=${value}${tail}`;
  }
  switch (name) {
    case "appName":
      return `${name}=${defaults.name}`;
    case "namespace":
      return `${name}=${defaults.namespace}`;
    case "project":
      return `${name}=${defaults.project}`;
    default:
      return line;
  }
}

function eightDigits(seed: string): string {
  return createHash("sha256").update(seed).digest("hex").slice(0, 8);
}
