import { phases } from "./kinds.ts";
import { phaseLevel } from "./phases.ts";
import { podLevel } from "./pod.ts";
import type { HealthLevel } from "./types.ts";
import { workloadLevel } from "./workloads.ts";

/** A row of a table where no object is at hand. */
export interface PrintedRow {
  group: string;
  plural: string;
  /** By the server's column names. */
  cell: (column: string) => string | number | boolean | null | undefined;
  /** The kind of the controller that made it, as far as the row has it: `apps/ReplicaSet`; "" for none. */
  controller?: string | undefined;
}

/**
 * What the printed cells of a row say about an object's health: the same as its {@link Health} where the cells have it. The
 * API server's printers decide those words: k8s.io/kubernetes/pkg/printers/internalversion/printers.go.
 */
export function printedLevel(row: PrintedRow): HealthLevel {
  const rule = rules[row.group === "" ? row.plural : `${row.plural}.${row.group}`];
  return rule === undefined ? byColumns(row) : rule(row);
}

type Rule = (row: PrintedRow) => HealthLevel;

const rules: Readonly<Record<string, Rule | undefined>> = {
  pods,
  nodes,
  namespaces: (row) => ofPhase(row, "/Namespace"),
  persistentvolumeclaims: (row) => ofPhase(row, "/PersistentVolumeClaim"),
  persistentvolumes: (row) => ofPhase(row, "/PersistentVolume"),
  events,
  "events.events.k8s.io": events,
  "deployments.apps": deployments,
  "statefulsets.apps": (row) => workloadLevel(readyOf(row)),
  "replicasets.apps": counted,
  replicationcontrollers: counted,
  "daemonsets.apps": counted,
  "jobs.batch": jobs,
  "cronjobs.batch": (row) => (text(row, "Suspend").toLowerCase() === "true" ? "done" : "ok"),
  "apiservices.apiregistration.k8s.io": (row) => (text(row, "Available").startsWith("False") ? "bad" : "ok"),
  "horizontalpodautoscalers.autoscaling": scalers,
  "certificatesigningrequests.certificates.k8s.io": (row) => {
    const condition = text(row, "Condition");
    if (/Failed|Denied/.test(condition)) return "bad";
    return condition.includes("Pending") ? "progressing" : "ok";
  },
  "volumeattachments.storage.k8s.io": (row) => (text(row, "Attached") === "false" ? "progressing" : "ok"),
};

/** Their pods are always started again. */
const keepsRunning = new Set(["apps/ReplicaSet", "apps/StatefulSet", "apps/DaemonSet", "/ReplicationController"]);

function pods(row: PrintedRow): HealthLevel {
  const { desired, ready } = readyOf(row);
  const gates = readyOf(row, "Readiness Gates");
  // A pod of its own that was started again after it ended is of no Job, and will be again.
  const again = row.controller === "" && /^[1-9]/.test(text(row, "Restarts"));
  return podLevel({
    status: text(row, "Status"),
    ready: ready >= desired,
    gatesMet: gates.ready === gates.desired,
    restarts: again || (row.controller !== undefined && keepsRunning.has(row.controller)),
  });
}

function nodes(row: PrintedRow): HealthLevel {
  const words = text(row, "Status").split(",");
  if (words.includes("NotReady") || words.includes("Unknown")) return "bad";
  return words.includes("SchedulingDisabled") ? "warn" : "ok";
}

function events(row: PrintedRow): HealthLevel {
  return text(row, "Type") === "Warning" ? "warn" : "ok";
}

function deployments(row: PrintedRow): HealthLevel {
  return workloadLevel({ ...readyOf(row), ...counts(row) });
}

/** Desired and Ready as numbers. */
function counted(row: PrintedRow): HealthLevel {
  const desired = Number(row.cell("Desired") ?? 0);
  return workloadLevel({ desired, ready: Number(row.cell("Ready") ?? 0), ...counts(row) });
}

function counts(row: PrintedRow): { updated?: number; available?: number } {
  const updated = row.cell("Up-to-date");
  const available = row.cell("Available");
  return {
    ...(typeof updated === "number" ? { updated } : {}),
    ...(typeof available === "number" ? { available } : {}),
  };
}

function jobs(row: PrintedRow): HealthLevel {
  const status = text(row, "Status");
  if (/^Fail/.test(status)) return "bad";
  if (/^Complete/.test(status) || status === "Suspended") return "done";
  const { desired, ready } = readyOf(row, "Completions");
  // Servers before 1.31 print no status.
  return status === "" && desired > 0 && ready >= desired ? "done" : "ok";
}

function scalers(row: PrintedRow): HealthLevel {
  if (!text(row, "Targets").includes("<unknown>")) return "ok";
  // Before it has looked for the first time it has nothing to say of its target.
  return Number(row.cell("Replicas") ?? 0) === 0 ? "progressing" : "bad";
}

function ofPhase(row: PrintedRow, kind: string): HealthLevel {
  const status = text(row, "Status");
  if (status === "") return "progressing";
  return status === "Terminating" ? "progressing" : (phases[kind]?.[status] ?? "bad");
}

interface Ready {
  desired: number;
  ready: number;
}

/** What texts such as "2/3" say, of which a table has few: all of its rows are looked at, and regular expressions are slow. */
const known = new Map<string, Ready>();
const mostKnown = 1_000;

/** "2/3" as what is ready of what is desired; nothing is desired where it is none. */
function readyOf(row: PrintedRow, column = "Ready"): Ready {
  const written = text(row, column);
  let ready = known.get(written);
  if (ready === undefined) {
    const parts = /^(\d+)\/(\d+)/.exec(written);
    ready = { desired: Number(parts?.[2] ?? 0), ready: Number(parts?.[1] ?? 0) };
    if (known.size >= mostKnown) known.clear();
    known.set(written, ready);
  }
  return ready;
}

/** Columns in which definitions of custom kinds show conditions and phases. */
const conditionColumns = ["Ready", "Available", "Healthy", "Synced", "Established"];
const phaseColumns = ["Status", "Phase", "State", "Health", "Condition"];

function byColumns(row: PrintedRow): HealthLevel {
  let worst: HealthLevel = "ok";
  for (const name of conditionColumns) {
    const value = text(row, name);
    if (value === "False") return "bad";
    if (value === "Unknown") worst = "unknown";
    const { desired, ready } = readyOf(row, name);
    if (/^\d+\/\d+$/.test(value) && ready < desired) worst = "progressing";
  }
  for (const name of phaseColumns) {
    const level = phaseLevel(text(row, name));
    if (level === "bad") return "bad";
    if (level !== undefined && (level !== "done" || worst === "ok")) worst = level;
  }
  return worst;
}

function text(row: PrintedRow, column: string): string {
  return String(row.cell(column) ?? "");
}
