import { FlowdeckError, type InstallSettings } from "../../common/contract/index.ts";
import { kfDefOf } from "./release/kfdef-settings.ts";
import type { CatalogueRelease } from "./types.ts";

export type CommandStep = "cluster" | "settings" | "components" | "plan" | "install" | "done";

/** A word as a POSIX shell takes it literally. */
function quoted(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/**
 * What a step of the wizard does, as shell lines that do the same: Flowdeck's own command, and beside it kfctl's names
 * and kubectl's and kustomize's equivalents. Pure. @throws FlowdeckError `settings-invalid` for settings without a name.
 */
export function commandLines(
  step: CommandStep,
  input: { settings: InstallSettings; release: CatalogueRelease; contextName: string },
): string[] {
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
  const context = `--context ${quoted(contextName)}`;
  const flowdeck = (verb: string) =>
    [
      `npx flowdeck ${verb}`,
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
      return [...exports, flowdeck("plan")];
    case "install":
      return [
        ...exports,
        flowdeck("install"),
        "# the official way, again and again until it succeeds:",
        `while ! kustomize build example | kubectl ${context} apply --server-side --force-conflicts -f -; do sleep 20; done`,
      ];
    case "done":
      return [
        `kubectl ${context} port-forward -n ${quoted(namespace)} ${quoted(`service/${service}`)} 8080:${port}`,
        'npx flowdeck status "$KF_DIR"',
        'npx flowdeck uninstall "$KF_DIR" --yes',
      ];
  }
}

/** The lines that a kfctl user knows, with the program's name replaced. */
function kfDefLines(
  step: CommandStep,
  input: {
    settings: InstallSettings;
    release: CatalogueRelease;
    contextName: string;
    configUri: string;
    modernise: boolean;
  },
): string[] {
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
  const build = 'npx flowdeck kfdef build -V -f "$CONFIG_URI"';
  const unchanged = input.modernise ? "" : " --no-modernise";
  switch (step) {
    case "cluster":
      return [`kubectl config use-context ${quoted(contextName)}`, "kubectl get nodes"];
    case "settings":
      return [...exports, file];
    case "components":
      return [...exports, folder, build, 'ls "$KF_DIR/kustomize"'];
    case "plan":
      return [...exports, file, folder, build, 'ls "$KF_DIR/kustomize"'];
    case "install":
      return [...exports, file, folder, build, `npx flowdeck kfdef apply -V -f "$CONFIG_FILE" ${context}${unchanged}`];
    case "done": {
      const { namespace, service, port } = release.dashboard;
      return [
        ...exports,
        file,
        `kubectl ${context} port-forward -n ${quoted(namespace)} ${quoted(`service/${service}`)} 8080:${port}`,
        `npx flowdeck kfdef delete -f "$CONFIG_FILE" ${context}`,
      ];
    }
  }
}
