import { type Message, message } from "../words/index.ts";
import { isOlder } from "./is-older.ts";
import type { NodePool } from "./platforms.ts";
import type { ReleaseInfo } from "./releases.ts";

export type NodeVerdict = "fits" | "tight" | "too-small" | "unsuitable";

/** What a pool or a cluster is for a release, and why. */
export interface NodeFit {
  verdict: NodeVerdict;
  because: Message;
}

/** What an installation needs of nodes: CPU in cores, memory in bytes, all pods together and the largest one. */
export interface NodeNeeds {
  cpu: number;
  memoryBytes: number;
  pods: number;
  biggest: { name: string; cpu: number; memoryBytes: number };
  /** Architectures that all its images have. */
  architectures: readonly string[];
  /** How many of its images an architecture lacks, where that was looked up. */
  lacking?: Readonly<Record<string, { count: number; of: number }>>;
  /** The oldest Kubernetes it runs on. */
  kubernetesMin?: string;
}

export interface Nodes extends Pick<NodePool, "count" | "max" | "architecture" | "cpu" | "memoryBytes" | "pods"> {
  gpus?: number;
  /** Taints that keep pods away, as `key=value:NoSchedule`. */
  taints?: readonly string[];
  /** The amounts are what pods can have (a live node's), not what the machine has. */
  usable?: boolean;
}

/** What all components of a release need, where it was measured. */
export function needsOf({ needs, kubernetesMin }: Pick<ReleaseInfo, "needs" | "kubernetesMin">): NodeNeeds | undefined {
  if (needs === undefined) return undefined;
  const { cpu, memoryGiB, pods, biggest, architectures } = needs;
  return {
    ...{ cpu, pods, architectures, kubernetesMin, memoryBytes: memoryGiB * GiB },
    biggest: { name: biggest.name, cpu: biggest.cpu, memoryBytes: biggest.memoryGiB * GiB },
  };
}

interface Amounts {
  cpu: number;
  memoryBytes: number;
  pods: number;
}

const GiB = 2 ** 30;
/** From this share on, an upgrade or a first notebook may find no room. */
const tightFrom = 0.85;
/** The pods of the provider on each node: network, proxy, storage, logs. */
const systemPods = 4;
/** Kubernetes' own default. */
const defaultPods = 110;

/**
 * What pods can have of one node, about: providers reserve the rest for the system. This is GKE's rule, which leaves the
 * least: https://cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes
 */
export function usableOf({ cpu, memoryBytes, pods = defaultPods, usable = false }: Nodes): Amounts {
  if (usable) return { cpu, memoryBytes, pods };
  const reservedCpu = reserved(cpu, [
    [1, 0.06],
    [1, 0.01],
    [2, 0.005],
    [Number.POSITIVE_INFINITY, 0.0025],
  ]);
  const memory = memoryBytes / GiB;
  const reservedMemory =
    memory < 1
      ? 0.25
      : reserved(memory, [
          [4, 0.25],
          [4, 0.2],
          [8, 0.1],
          [112, 0.06],
          [Number.POSITIVE_INFINITY, 0.02],
        ]);
  const left = Math.max(0, memory - reservedMemory - 0.1);
  return { cpu: cpu - reservedCpu, memoryBytes: left * GiB, pods: Math.max(0, pods - systemPods) };
}

/** Steps of an amount, each with the share that is reserved of it. */
function reserved(amount: number, steps: readonly (readonly [size: number, share: number])[]): number {
  let left = amount;
  let sum = 0;
  for (const [size, share] of steps) {
    const part = Math.min(left, size);
    sum += part * share;
    left -= part;
  }
  return sum;
}

/** Could this pool alone take the installation? Pure. */
export function fitOfPool(pool: Nodes, needs: NodeNeeds): NodeFit {
  return ruledOut(pool, needs) ?? (pool.gpus ? forGpus() : ofAll([pool], needs));
}

/** Could the pools of a cluster take the installation together? Pure. */
export function fitOfCluster(pools: readonly Nodes[], needs: NodeNeeds, version?: string): NodeFit {
  if (version !== undefined && needs.kubernetesMin !== undefined && isOlder(version, needs.kubernetesMin))
    return {
      verdict: "unsuitable",
      because: message("nodeFit.oldVersion", { version, minimum: needs.kubernetesMin }),
    };
  const out = pools.map((pool) => ruledOut(pool, needs));
  const open = pools.filter((_pool, index) => out[index] === undefined);
  if (open.length === 0) return out[0] ?? noNodes();
  // GPUs are for what people run; they are counted only where there is nothing else.
  const plain = open.filter(({ gpus = 0 }) => gpus === 0);
  return ofAll(plain.length > 0 ? plain : open, needs);
}

function noNodes(): NodeFit {
  return { verdict: "too-small", because: message("nodeFit.noNodes") };
}

function forGpus(): NodeFit {
  return { verdict: "fits", because: message("nodeFit.gpus") };
}

/** Why pods of the installation can't run on these nodes whatever their size. */
function ruledOut({ architecture, taints = [] }: Nodes, needs: NodeNeeds): NodeFit | undefined {
  if (!needs.architectures.includes(architecture)) {
    const lacking = needs.lacking?.[architecture];
    const because = lacking
      ? message("nodeFit.imagesLack", { ...lacking, architecture })
      : message("nodeFit.architecture", { architecture, needed: needs.architectures.join(", ") });
    return { verdict: "unsuitable", because };
  }
  const [taint] = taints;
  return taint === undefined ? undefined : { verdict: "unsuitable", because: message("nodeFit.taint", { taint }) };
}

function ofAll(pools: readonly Nodes[], needs: NodeNeeds): NodeFit {
  const there = pools.filter(({ count, max = count }) => Math.max(count, max) > 0);
  if (there.length === 0) return noNodes();
  const alone = biggestAlone(there.map(usableOf), needs.biggest);
  if (alone) return alone;
  const now = sumOf(there, ({ count }) => count);
  const most = sumOf(there, ({ count, max = count }) => Math.max(count, max));
  const worst = worstOf(needs, most);
  if (worst.share > 1) return { verdict: "too-small", because: worst.over };
  const atOnce = worstOf(needs, now);
  if (atOnce.share > 1) return { verdict: "tight", because: message("nodeFit.grow", { pods: needs.pods }) };
  if (atOnce.share > tightFrom) return { verdict: "tight", because: atOnce.most };
  return { verdict: "fits", because: message("nodeFit.takesAll", { pods: needs.pods }) };
}

/** Is there a node for the largest pod? */
function biggestAlone(
  nodes: readonly Amounts[],
  { name, cpu, memoryBytes }: NodeNeeds["biggest"],
): NodeFit | undefined {
  if (nodes.some((node) => node.cpu >= cpu && node.memoryBytes >= memoryBytes)) return undefined;
  const memory = Math.max(...nodes.map((node) => node.memoryBytes));
  const because =
    memory < memoryBytes
      ? message("nodeFit.aloneMemory", { name, wanted: gib(memoryBytes), free: gib(memory) })
      : message("nodeFit.aloneCpu", {
          name,
          wanted: cpu.toFixed(1),
          free: Math.max(...nodes.map((node) => node.cpu)).toFixed(1),
        });
  return { verdict: "too-small", because };
}

function sumOf(pools: readonly Nodes[], countOf: (pool: Nodes) => number): Amounts {
  const sum = { cpu: 0, memoryBytes: 0, pods: 0 };
  for (const pool of pools) {
    const node = usableOf(pool);
    sum.cpu += countOf(pool) * node.cpu;
    sum.memoryBytes += countOf(pool) * node.memoryBytes;
    sum.pods += countOf(pool) * node.pods;
  }
  return sum;
}

interface Share {
  share: number;
  /** More is wanted than there is. */
  over: Message;
  /** How much of what there is would be requested. */
  most: Message;
}

/** The amount that comes closest to its end. */
function worstOf(needs: Amounts, there: Amounts): Share {
  const share = (wanted: number, free: number) => (free > 0 ? wanted / free : Number.POSITIVE_INFINITY);
  const memory = { wanted: gib(needs.memoryBytes), free: gib(there.memoryBytes) };
  const cpu = { wanted: needs.cpu.toFixed(1), free: there.cpu.toFixed(1) };
  const pods = { wanted: needs.pods, free: there.pods };
  const shares: Share[] = [
    {
      share: share(needs.memoryBytes, there.memoryBytes),
      over: message("nodeFit.overMemory", memory),
      most: message("nodeFit.mostMemory", memory),
    },
    {
      share: share(needs.cpu, there.cpu),
      over: message("nodeFit.overCpu", cpu),
      most: message("nodeFit.mostCpu", cpu),
    },
    {
      share: share(needs.pods, there.pods),
      over: message("nodeFit.overPods", pods),
      most: message("nodeFit.mostPods", pods),
    },
  ];
  return shares.reduce((worst, one) => (one.share > worst.share ? one : worst));
}

const gib = (bytes: number) => (bytes / GiB).toFixed(1);
