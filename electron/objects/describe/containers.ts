import { at, list, text, textMap, texts } from "../../../common/json/index.ts";
import {
  atContainer,
  atContainerStatus,
  atEnvVar,
  atProbe,
  atRunning,
  atTerminated,
  parseQuantity,
} from "../../../common/kube/index.ts";
import { date, sorted, word, wordOr } from "./describe-helpers.ts";
import type { Sheet } from "./describe-writer.ts";

/** Containers of a pod with their statuses, or those of a template without. `level` is that of the title. */
export function containerLines(
  sheet: Sheet,
  title: string,
  containers: readonly unknown[],
  statuses: readonly unknown[],
  level: number,
  pod?: unknown,
): void {
  if (containers.length === 0) {
    sheet.text(`${title}: <none>`, level);
    return;
  }
  sheet.heading(title, level);
  for (const container of containers) {
    const name = text(atContainer(container, "name")) ?? "";
    const status = statuses.find((candidate) => at(candidate, "name") === name);
    sheet.heading(name, level + 1);
    basics(sheet, container, status, level + 2);
    if (status !== undefined) states(sheet, status, level + 2);
    resources(sheet, atContainer(container, "resources"), level + 2);
    probes(sheet, container, level + 2);
    environment(sheet, container, level + 2, pod);
    mounts(sheet, container, level + 2);
  }
}

function basics(sheet: Sheet, container: unknown, status: unknown, level: number): void {
  if (status !== undefined) sheet.pair("Container ID", wordOr("", status, "containerID"), level);
  sheet.pair("Image", wordOr("", container, "image"), level);
  if (status !== undefined) sheet.pair("Image ID", wordOr("", status, "imageID"), level);
  portLine(sheet, "Port", container, "containerPort", level);
  portLine(sheet, "Host Port", container, "hostPort", level);
  sheet.pair("SeccompProfile", word(container, "securityContext", "seccompProfile", "type"), level);
  lines(sheet, "Command", texts(atContainer(container, "command")), level);
  lines(sheet, "Args", texts(atContainer(container, "args")), level);
}

function lines(sheet: Sheet, title: string, words: readonly string[], level: number): void {
  if (words.length === 0) return;
  sheet.heading(title, level);
  for (const line of words) sheet.text(line, level + 1);
}

function portLine(sheet: Sheet, title: string, container: unknown, field: string, level: number): void {
  const ports = list(atContainer(container, "ports")).map((port) => {
    const name = text(at(port, "name"));
    return `${wordOr("0", port, field)}/${wordOr("TCP", port, "protocol")}${name ? ` (${name})` : ""}`;
  });
  sheet.pair(ports.length > 1 ? `${title}s` : title, ports.join(", ") || "<none>", level);
}

function states(sheet: Sheet, status: unknown, level: number): void {
  state(sheet, "State", atContainerStatus(status, "state"), level);
  if (atContainerStatus(status, "lastState", "terminated") !== undefined)
    state(sheet, "Last State", atContainerStatus(status, "lastState"), level);
  sheet.pair("Ready", atContainerStatus(status, "ready") === true ? "True" : "False", level);
  sheet.pair("Restart Count", wordOr("0", status, "restartCount"), level);
}

function state(sheet: Sheet, title: string, value: unknown, level: number): void {
  const running = at(value, "running");
  const ended = at(value, "terminated");
  if (running !== undefined) {
    sheet.pair(title, "Running", level);
    sheet.pair("Started", date(atRunning(running, "startedAt")), level + 1);
  } else if (ended !== undefined) {
    sheet.pair(title, "Terminated", level);
    sheet.pair("Reason", word(ended, "reason") || undefined, level + 1);
    sheet.pair("Message", word(ended, "message") || undefined, level + 1);
    sheet.pair("Exit Code", wordOr("0", ended, "exitCode"), level + 1);
    sheet.pair("Signal", word(ended, "signal"), level + 1);
    sheet.pair("Started", date(atTerminated(ended, "startedAt")), level + 1);
    sheet.pair("Finished", date(atTerminated(ended, "finishedAt")), level + 1);
  } else {
    sheet.pair(title, "Waiting", level);
    sheet.pair("Reason", word(value, "waiting", "reason") || undefined, level + 1);
  }
}

export function resources(sheet: Sheet, value: unknown, level: number): void {
  for (const [title, field] of [
    ["Limits", "limits"],
    ["Requests", "requests"],
  ] as const) {
    const amounts = sorted(quantities(at(value, field)));
    if (amounts.length === 0) continue;
    sheet.heading(title, level);
    for (const [name, amount] of amounts) sheet.pair(name, amount, level + 1);
  }
}

/** Amounts may be written as numbers. */
export function quantities(value: unknown): Record<string, string> {
  const entries = Object.entries(typeof value === "object" && value !== null ? value : {});
  return Object.fromEntries(entries.map(([name, amount]) => [name, word(amount) ?? ""]));
}

function probes(sheet: Sheet, container: unknown, level: number): void {
  for (const [title, field] of [
    ["Liveness", "livenessProbe"],
    ["Readiness", "readinessProbe"],
    ["Startup", "startupProbe"],
  ] as const) {
    const probe = at(container, field);
    if (probe !== undefined) sheet.pair(title, probeWords(probe), level);
  }
}

function probeWords(probe: unknown): string {
  const n = (field: string, fallback: string) => wordOr(fallback, probe, field);
  const timing = `delay=${n("initialDelaySeconds", "0")}s timeout=${n("timeoutSeconds", "1")}s period=${n("periodSeconds", "10")}s #success=${n("successThreshold", "1")} #failure=${n("failureThreshold", "3")}`;
  const http = atProbe(probe, "httpGet");
  const tcp = atProbe(probe, "tcpSocket");
  const grpc = atProbe(probe, "grpc");
  if (atProbe(probe, "exec") !== undefined)
    return `exec [${texts(atProbe(probe, "exec", "command")).join(" ")}] ${timing}`;
  if (http !== undefined) {
    const scheme = wordOr("HTTP", http, "scheme").toLowerCase();
    return `http-get ${scheme}://${wordOr("", http, "host")}:${wordOr("", http, "port")}${wordOr("", http, "path")} ${timing}`;
  }
  if (tcp !== undefined) return `tcp-socket ${wordOr("", tcp, "host")}:${wordOr("", tcp, "port")} ${timing}`;
  if (grpc !== undefined) return `grpc <pod>:${wordOr("", grpc, "port")} ${wordOr("", grpc, "service")} ${timing}`;
  return `unknown ${timing}`;
}

function environment(sheet: Sheet, container: unknown, level: number, pod: unknown): void {
  const sources = list(atContainer(container, "envFrom"));
  if (sources.length > 0) {
    sheet.heading("Environment Variables from", level);
    for (const source of sources) {
      const map = at(source, "configMapRef");
      const from = map ?? at(source, "secretRef");
      const prefix = text(at(source, "prefix"));
      const kind = map === undefined ? "Secret" : "ConfigMap";
      sheet.text(
        `${wordOr("", from, "name")}  ${kind}${prefix ? ` with prefix '${prefix}'` : ""}  Optional: ${at(from, "optional") === true}`,
        level + 1,
      );
    }
  }
  const variables = list(atContainer(container, "env"));
  if (variables.length === 0) {
    sheet.pair("Environment", "<none>", level);
    return;
  }
  sheet.heading("Environment", level);
  for (const variable of variables) {
    sheet.values(
      text(atEnvVar(variable, "name")) ?? "",
      variableWords(variable, container, pod).split("\n"),
      level + 1,
    );
  }
}

function variableWords(variable: unknown, container: unknown, pod: unknown): string {
  const from = atEnvVar(variable, "valueFrom");
  if (from === undefined) return text(atEnvVar(variable, "value")) ?? "";
  const field = at(from, "fieldRef");
  const resource = at(from, "resourceFieldRef");
  const secret = at(from, "secretKeyRef");
  const map = at(from, "configMapKeyRef");
  if (field !== undefined) {
    const path = wordOr("", field, "fieldPath");
    return `${fieldValue(pod, path)} (${wordOr("v1", field, "apiVersion")}:${path})`;
  }
  if (resource !== undefined) return resourceWords(resource, container);
  if (secret !== undefined) {
    return `<set to the key '${wordOr("", secret, "key")}' in secret '${wordOr("", secret, "name")}'>  Optional: ${at(secret, "optional") === true}`;
  }
  return `<set to the key '${wordOr("", map, "key")}' of config map '${wordOr("", map, "name")}'>  Optional: ${at(map, "optional") === true}`;
}

function resourceWords(reference: unknown, container: unknown): string {
  const path = wordOr("", reference, "resource");
  const [which = "", ...name] = path.split(".");
  const amount = parseQuantity(at(container, "resources", which, name.join("."))) ?? 0;
  // In units of the divisor, rounded up; a divisor of 0 is none.
  const units = String(Math.ceil(amount / (parseQuantity(at(reference, "divisor")) || 1)));
  const shown = units === "0" && /^limits\.(cpu|memory)$/.test(path) ? "node allocatable" : units;
  return `${shown} (${path})`;
}

/** What the downward API gives for a path, of the fields it offers. */
function fieldValue(pod: unknown, path: string): string {
  const keyed = /^metadata\.(labels|annotations)\['([^']+)'\]$/.exec(path);
  if (keyed) return textMap(at(pod, "metadata", keyed[1] ?? ""))[keyed[2] ?? ""] ?? "";
  return word(pod, ...path.split(".")) ?? "";
}

function mounts(sheet: Sheet, container: unknown, level: number): void {
  const found = list(atContainer(container, "volumeMounts")).toSorted((one, other) =>
    wordOr("", one, "mountPath") < wordOr("", other, "mountPath") ? -1 : 1,
  );
  if (found.length === 0) sheet.pair("Mounts", "<none>", level);
  else sheet.heading("Mounts", level);
  for (const mount of found) {
    const subPath = text(at(mount, "subPath"));
    const flags = [at(mount, "readOnly") === true ? "ro" : "rw", ...(subPath ? [`path="${subPath}"`] : [])];
    sheet.text(`${wordOr("", mount, "mountPath")} from ${wordOr("", mount, "name")} (${flags.join(",")})`, level + 1);
  }
  const devices = list(atContainer(container, "volumeDevices"));
  if (devices.length > 0) sheet.heading("Devices", level);
  for (const device of devices) {
    sheet.text(`${wordOr("", device, "devicePath")} from ${wordOr("", device, "name")}`, level + 1);
  }
}
