import type { Cell, RowHealth } from "../../common/contract/index.ts";

/** A row as the rules see it: cells by the server's column names. */
export interface HealthInput {
  group: string;
  plural: string;
  cell: (column: string) => Cell | undefined;
  deleting: boolean;
}

/**
 * What a row's printed cells say about the object's health. The API server's printers decide those words:
 * k8s.io/kubernetes/pkg/printers/internalversion/printers.go.
 */
export function healthOf(row: HealthInput): RowHealth {
  const rule = rules[row.group === "" ? row.plural : `${row.plural}.${row.group}`];
  const health = rule === undefined ? conditionHealth(row) : rule(row);
  return row.deleting && health === "ok" ? "warn" : health;
}

type Rule = (row: HealthInput) => RowHealth;

const rules: Record<string, Rule | undefined> = {
  pods: podHealth,
  nodes: nodeHealth,
  namespaces: (row) => (text(row, "Status") === "Terminating" ? "warn" : "ok"),
  persistentvolumeclaims: (row) => byWord(text(row, "Status"), { Bound: "ok", Lost: "bad" }, "warn"),
  persistentvolumes: (row) =>
    byWord(text(row, "Status"), { Bound: "ok", Available: "ok", Released: "warn", Failed: "bad" }, "warn"),
  events: eventHealth,
  "events.events.k8s.io": eventHealth,
  "deployments.apps": workloadHealth,
  "statefulsets.apps": workloadHealth,
  "replicasets.apps": countedHealth,
  replicationcontrollers: countedHealth,
  "daemonsets.apps": countedHealth,
  "jobs.batch": jobHealth,
  "cronjobs.batch": (row) => (text(row, "Suspend").toLowerCase() === "true" ? "done" : "ok"),
  "apiservices.apiregistration.k8s.io": (row) => (text(row, "Available").startsWith("False") ? "bad" : "ok"),
  "certificatesigningrequests.certificates.k8s.io": (row) => {
    const condition = text(row, "Condition");
    if (/Failed|Denied/.test(condition)) return "bad";
    return condition.includes("Pending") ? "warn" : "ok";
  },
  "volumeattachments.storage.k8s.io": (row) => (text(row, "Attached") === "false" ? "warn" : "ok"),
};

/** Words with which pods begin, go on and end by themselves; any other word is a reason why one does not run. */
const podWaits = new Set(["Pending", "ContainerCreating", "PodInitializing", "Terminating", "SchedulingGated"]);

function podHealth(row: HealthInput): RowHealth {
  const status = text(row, "Status");
  if (status === "Completed" || status === "Succeeded") return "done";
  if (status === "Running") return share(text(row, "Ready")) < 1 ? "warn" : "ok";
  if (podWaits.has(status) || /^Init:\d+\/\d+$/.test(status)) return "warn";
  return status === "NotReady" ? "warn" : "bad";
}

function nodeHealth(row: HealthInput): RowHealth {
  const words = text(row, "Status").split(",");
  if (words.includes("NotReady") || words.includes("Unknown")) return "bad";
  return words.includes("SchedulingDisabled") ? "warn" : "ok";
}

function eventHealth(row: HealthInput): RowHealth {
  return text(row, "Type") === "Warning" ? "warn" : "ok";
}

/** Ready as "2/3". */
function workloadHealth(row: HealthInput): RowHealth {
  return shortfall(share(text(row, "Ready")));
}

/** Desired and Ready as numbers. */
function countedHealth(row: HealthInput): RowHealth {
  const desired = Number(row.cell("Desired") ?? 0);
  return shortfall(desired === 0 ? 1 : Number(row.cell("Ready") ?? 0) / desired);
}

function jobHealth(row: HealthInput): RowHealth {
  const status = text(row, "Status");
  if (/^Failed/.test(status)) return "bad";
  if (/^Complete/.test(status)) return "done";
  if (status === "Suspended") return "done";
  if (status === "" && share(text(row, "Completions")) >= 1) return "done";
  return "ok";
}

function shortfall(ready: number): RowHealth {
  if (ready >= 1) return "ok";
  return ready > 0 ? "warn" : "bad";
}

/** "2/3" as a share; 1 for "0/0" and for what is none. */
function share(written: string): number {
  const parts = /^(\d+)\/(\d+)/.exec(written);
  if (parts === null) return 1;
  return Number(parts[2]) === 0 ? 1 : Number(parts[1]) / Number(parts[2]);
}

/** Columns in which definitions of custom kinds show conditions and phases. */
const conditionColumns = ["Ready", "Available", "Healthy", "Synced", "Established"];
const phaseColumns = ["Status", "Phase", "State", "Health", "Condition"];
const badWords = /^(failed|failure|error|errored|degraded|unhealthy|lost|crashloopbackoff|invalid|rejected|denied)$/i;
const waitingWords =
  /^(pending|progressing|creating|provisioning|updating|deleting|terminating|waiting|notready|reconciling|suspending|unknown)$/i;
const doneWords = /^(succeeded|complete|completed|finished)$/i;

function conditionHealth(row: HealthInput): RowHealth {
  let worst: RowHealth = "ok";
  for (const name of conditionColumns) {
    const value = text(row, name);
    if (value === "False") return "bad";
    if (value === "Unknown") worst = "warn";
    else if (/^\d+\/\d+$/.test(value) && share(value) < 1) worst = "warn";
  }
  for (const name of phaseColumns) {
    const value = text(row, name);
    if (badWords.test(value)) return "bad";
    if (waitingWords.test(value)) worst = "warn";
    else if (doneWords.test(value) && worst === "ok") worst = "done";
  }
  return worst;
}

function byWord(word: string, words: Record<string, RowHealth>, otherwise: RowHealth): RowHealth {
  return words[word] ?? otherwise;
}

function text(row: HealthInput, column: string): string {
  return String(row.cell(column) ?? "");
}
