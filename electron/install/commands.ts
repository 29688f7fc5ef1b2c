import { FlowdeckError, type InstallSettings } from "../../common/contract/index.ts";
import { shellWord as quoted } from "../../common/text/index.ts";
import { kfDefOf } from "./release/kfdef-settings.ts";
import type { CatalogueRelease } from "./types.ts";

interface CommandInput {
  settings: InstallSettings;
  release: CatalogueRelease;
  contextName: string;
  /** Absolute path of the program that is called `flowdeck` in these lines; undefined where it has to be on the PATH. */
  program?: string | undefined;
}

export type CommandStep = "cluster" | "settings" | "components" | "plan" | "install" | "done";

/**
 * A shell function that runs this very program, or nothing where it has no file of its own to run (packages). What stands
 * in KF_DIR must never be taken for it: `npx` would look in that folder first, and in the registry last.
 */
function ownProgram(program: string | undefined): string[] {
  return program === undefined ? [] : [`flowdeck() { node ${quoted(program)} "$@"; }`];
}

/**
 * What a step of the wizard does, as shell lines that do the same: Flowdeck's own command, and beside it kfctl's names
 * and kubectl's and kustomize's equivalents. Pure. @throws FlowdeckError `settings-invalid` for settings without a name.
 */
export function commandLines(step: CommandStep, input: CommandInput): string[] {
  const { settings, release, contextName } = input;
  if (settings.name === "") throw new FlowdeckError("settings-invalid", "The installation has no name yet.");
  const kfdef = kfDefOf(release, settings);
  if (kfdef !== undefined) return kfDefLines(step, { ...input, ...kfdef });
  const exports = [
    `export KF_NAME=${quoted(settings.name)}`,
    `export BASE_DIR=${quoted(settings.baseDir)}`,
    'export KF_DIR="$BASE_DIR/$KF_NAME"',
    `export CONFIG_URI=${quoted(release.configUri)}`,
  ];
  const own = ownProgram(input.program);
  const context = `--context ${quoted(contextName)}`;
  const flowdeck = (verb: string) =>
    [
      `flowdeck ${verb}`,
      `--release ${quoted(release.id)}`,
      context,
      '--name "$KF_NAME"',
      '--base-dir "$BASE_DIR"',
      `--email ${quoted(settings.email)}`,
      `--user-namespace ${quoted(settings.userNamespace)}`,
      ...(settings.components.length > 0 ? [`--components ${quoted(settings.components.join(","))}`] : []),
    ].join(" ");
  const { namespace, service, port } = release.dashboard;
  switch (step) {
    case "cluster":
      return [`kubectl config use-context ${quoted(contextName)}`, "kubectl get nodes"];
    case "settings":
      return exports;
    case "components":
      return release.components
        .filter((component) => settings.components.includes(component.id) || component.required)
        .flatMap((component) => component.paths.map((path) => `kustomize build ${quoted(path)}`));
    case "plan":
      return [...own, ...exports, flowdeck("plan")];
    case "install":
      return [
        ...own,
        ...exports,
        flowdeck("install"),
        "# the official way, again and again until it succeeds:",
        `while ! kustomize build example | kubectl ${context} apply --server-side --force-conflicts -f -; do sleep 20; done`,
      ];
    case "done":
      return [
        ...own,
        ...exports.slice(0, 3),
        `kubectl ${context} port-forward -n ${quoted(namespace)} ${quoted(`service/${service}`)} 8080:${port}`,
        'flowdeck status "$KF_DIR"',
        'flowdeck uninstall "$KF_DIR" --yes',
      ];
  }
}

/** The lines that a kfctl user knows, with the program's name replaced. */
function kfDefLines(step: CommandStep, input: CommandInput & { configUri: string; modernise: boolean }): string[] {
  const { settings, release, contextName, configUri } = input;
  const exports = [
    `export KF_NAME=${quoted(settings.name)}`,
    `export BASE_DIR=${quoted(settings.baseDir)}`,
    'export KF_DIR="$BASE_DIR/$KF_NAME"',
    `export CONFIG_URI=${quoted(configUri)}`,
  ];
  const file = 'export CONFIG_FILE="$KF_DIR/$(basename "$CONFIG_URI")"';
  const context = `--context ${quoted(contextName)}`;
  const folder = 'mkdir -p "$KF_DIR" && cd "$KF_DIR"';
  const own = ownProgram(input.program);
  const build = 'flowdeck kfdef build -V -f "$CONFIG_URI"';
  const unchanged = input.modernise ? "" : " --no-modernise";
  switch (step) {
    case "cluster":
      return [`kubectl config use-context ${quoted(contextName)}`, "kubectl get nodes"];
    case "settings":
      return [...exports, file];
    case "components":
      return [...own, ...exports, folder, build, 'ls "$KF_DIR/kustomize"'];
    case "plan":
      return [...own, ...exports, file, folder, build, 'ls "$KF_DIR/kustomize"'];
    case "install":
      return [
        ...own,
        ...exports,
        file,
        folder,
        build,
        `flowdeck kfdef apply -V -f "$CONFIG_FILE" ${context}${unchanged}`,
      ];
    case "done": {
      const { namespace, service, port } = release.dashboard;
      return [
        ...own,
        ...exports,
        file,
        `kubectl ${context} port-forward -n ${quoted(namespace)} ${quoted(`service/${service}`)} 8080:${port}`,
        `flowdeck kfdef delete -f "$CONFIG_FILE" ${context}`,
      ];
    }
  }
}
