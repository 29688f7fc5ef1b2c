import { FlowdeckError } from "../../common/contract/index.ts";
import { shellWord as quoted } from "../../common/text/index.ts";
import { message } from "../../common/words/index.ts";
import type { CommandInput, CommandStep, ReleaseDriver } from "./drivers/release-driver.ts";
import { releaseOn } from "./render/platform.ts";

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
export function commandLines(driver: ReleaseDriver, step: CommandStep, input: CommandInput): string[] {
  if (input.settings.name === "") throw new FlowdeckError("settings-invalid", message("installation.noNameYet"));
  return driver.commands(step, input);
}

function imageFlags({ imagePrefix, pullSecret, images }: CommandInput["settings"]): string[] {
  return [
    ...Object.entries(images).map(([from, to]) => `--image ${quoted(`${from}=${to}`)}`),
    ...(imagePrefix === undefined ? [] : [`--image-prefix ${quoted(imagePrefix)}`]),
    ...(pullSecret === undefined ? [] : [`--pull-secret ${quoted(pullSecret)}`]),
  ];
}

function signInFlags({ auth, oidc }: CommandInput["settings"], hasSignIn: boolean): string[] {
  if (auth === "dex" || !hasSignIn) return [];
  if (auth === "standard" || oidc === undefined) return [`--sign-in ${auth}`];
  const { issuer, clientId, redirect, scopes, unverified } = oidc;
  return [
    `--sign-in oidc --oidc-issuer ${quoted(issuer)} --oidc-client ${quoted(clientId)}`,
    `--oidc-redirect ${quoted(redirect)} --oidc-scopes ${quoted(scopes)} --oidc-secret-env OIDC_SECRET`,
    ...(unverified ? ["--oidc-unverified"] : []),
  ];
}

/** The lines for a release of manifests. */
export function manifestLines(step: CommandStep, input: CommandInput): string[] {
  const { settings, release, contextName } = input;
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
      ...signInFlags(settings, release.signIn),
      ...imageFlags(settings),
      ...(settings.storagePasswords === undefined ? [] : ["--published-passwords"]),
      ...(settings.components.length > 0 ? [`--components ${quoted(settings.components.join(","))}`] : []),
    ].join(" ");
  const { namespace, service, port } = release.dashboard;
  switch (step) {
    case "cluster":
      return [`kubectl config use-context ${quoted(contextName)}`, "kubectl get nodes"];
    case "settings":
      return exports;
    case "components":
      // What the cluster says of itself is not looked up for these lines.
      return releaseOn(release, { id: settings.platform })
        .release.components.filter((component) => settings.components.includes(component.id) || component.required)
        .flatMap((component) => component.paths.map((path) => `kustomize build ${quoted(path)}`));
    case "checks":
      return [...own, ...exports, flowdeck("check")];
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
export function kfDefLines(step: CommandStep, input: CommandInput): string[] {
  const { settings, release, contextName } = input;
  const { configUri = "", modernise = true } = settings.kfdef ?? {};
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
  const unchanged = modernise ? "" : " --no-modernise";
  switch (step) {
    case "cluster":
      return [`kubectl config use-context ${quoted(contextName)}`, "kubectl get nodes"];
    case "settings":
      return [...exports, file];
    case "components":
      return [...own, ...exports, folder, build, 'ls "$KF_DIR/kustomize"'];
    case "checks":
      return [
        `kubectl ${context} version`,
        `kubectl ${context} auth can-i '*' '*' --all-namespaces`,
        `kubectl ${context} get nodes,storageclasses`,
        `kubectl ${context} get mutatingwebhookconfigurations,validatingwebhookconfigurations`,
      ];
    case "plan":
      return [...own, ...exports, file, folder, build, 'ls "$KF_DIR/kustomize"'];
    case "install":
      return [
        ...own,
        ...exports,
        file,
        folder,
        build,
        [`flowdeck kfdef apply -V -f "$CONFIG_FILE" ${context}${unchanged}`, ...imageFlags(settings)].join(" "),
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
