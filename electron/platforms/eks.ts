import { z } from "zod";
import {
  type CloudCluster,
  type CloudRegion,
  FlowdeckError,
  type NodePool,
  toAppError,
} from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import type { Asker, Question } from "./asker.ts";
import { describeClusters } from "./describe-clusters.ts";
import { failureKind } from "./explain.ts";
import { forEachAtOnce } from "./in-parallel.ts";
import type { IsMade } from "./made.ts";
import type { View } from "./view.ts";

/** A region that does not answer must not hold up the others. */
const regionMs = 5_000;

const identity = z.object({ Account: z.string(), Arn: z.string() });
const regionList = z.object({
  Regions: z.array(z.object({ RegionName: z.string(), OptInStatus: z.string().default("opt-in-not-required") })),
});
const clusterList = z.object({ clusters: z.array(z.string()) });
const clusterAnswer = z.object({
  cluster: z.object({ name: z.string(), version: z.string().default(""), status: z.string().default("") }),
});
const groupList = z.object({ nodegroups: z.array(z.string()) });
const groupAnswer = z.object({
  nodegroup: z.object({
    nodegroupName: z.string(),
    instanceTypes: z.array(z.string()).nullish(),
    amiType: z.string().nullish(),
    scalingConfig: z
      .object({ minSize: z.number().nullish(), maxSize: z.number().nullish(), desiredSize: z.number().nullish() })
      .nullish(),
  }),
});
const typeList = z.object({
  InstanceTypes: z.array(
    z.object({
      InstanceType: z.string(),
      VCpuInfo: z.object({ DefaultVCpus: z.number() }),
      MemoryInfo: z.object({ SizeInMiB: z.number() }),
      ProcessorInfo: z.object({ SupportedArchitectures: z.array(z.string()) }),
      GpuInfo: z.object({ Gpus: z.array(z.object({ Count: z.number().default(1) })) }).nullish(),
      NetworkInfo: z.object({ MaximumNetworkInterfaces: z.number(), Ipv4AddressesPerInterface: z.number() }).nullish(),
    }),
  ),
});
type InstanceType = z.infer<typeof typeList>["InstanceTypes"][number];

/** Who one is at AWS, and the EKS clusters of all regions, each as its answer comes. */
export async function lookAtEks(asker: Asker, view: View, profile: string | undefined, isMade: IsMade): Promise<void> {
  const platform = "eks";
  view.cloud({ platform });
  const aws = (args: readonly string[], more: Partial<Question> = {}): Question => ({
    tool: "aws",
    args: [...args, ...(profile === undefined ? [] : ["--profile", profile]), "--output", "json"],
    account: profile,
    ...more,
  });
  const profiles = await asker
    .text({ tool: "aws", args: ["configure", "list-profiles"] })
    .then((text) => text.split(/\r?\n/).filter((line) => line !== ""))
    .catch((error: unknown) => ignored(asker, error)); // without, there is only the one that is used
  const current = profile ?? asker.environment.AWS_PROFILE ?? "default";
  view.cloud({
    platform,
    accounts: (profiles ?? []).map((name) => ({ id: name, name, current: name === current })),
  });
  const home = await homeRegion(asker, profile === undefined ? [] : ["--profile", profile]);
  const who = await asker.json(identity, aws(["sts", "get-caller-identity", "--region", home]));
  view.cloud({ platform, identity: { who: who.Arn, account: who.Account, profile: current } });
  const { Regions } = await asker.json(regionList, aws(["ec2", "describe-regions", "--all-regions", "--region", home]));
  const regions = new Map<string, CloudRegion>();
  for (const { RegionName, OptInStatus } of Regions.toSorted((a, b) => (a.RegionName < b.RegionName ? -1 : 1))) {
    const state = OptInStatus === "not-opted-in" ? "disabled" : "waiting";
    regions.set(RegionName, { name: RegionName, state, clusters: 0 });
  }
  const clusters: CloudCluster[] = [];
  const show = () => view.cloud({ platform, regions: [...regions.values()], clusters: [...clusters] });
  const set = (name: string, change: Partial<CloudRegion>) => {
    const before = regions.get(name);
    if (before !== undefined) regions.set(name, { ...before, ...change });
    show();
  };
  show();
  const found: { name: string; region: string }[] = [];
  const waiting = [...regions.values()].filter(({ state }) => state === "waiting");
  await forEachAtOnce(waiting, async ({ name: region }) => {
    const since = performance.now();
    set(region, { state: "asking" });
    try {
      const answer = await asker.json(
        clusterList,
        aws(["eks", "list-clusters", "--region", region], {
          as: "aws eks list-clusters --region …",
          timeoutMs: regionMs,
        }),
      );
      for (const name of answer.clusters) {
        found.push({ name, region });
        clusters.push({ platform, name, region, version: "", status: "", made: isMade({ platform, name, region }) });
      }
      set(region, { state: "answered", clusters: answer.clusters.length, ms: performance.now() - since });
    } catch (error) {
      asker.signal.throwIfAborted();
      set(region, { ...regionFailure(error), problem: toAppError(error), ms: performance.now() - since });
    }
  });

  const types = new Map<string, Promise<InstanceType[]>>();
  await describeClusters({
    ...{ asker, found, clusters, show },
    placeOf: ({ name, region }) => clusters.findIndex((one) => one.name === name && one.region === region),
    describe: ({ name, region }) => describe(asker, aws, { name, region }, types),
  });
  view.cloud({ platform, state: "ready" });
}

type Ask = (args: readonly string[], more?: Partial<Question>) => Question;

async function describe(
  asker: Asker,
  aws: Ask,
  { name, region }: { name: string; region: string },
  types: Map<string, Promise<InstanceType[]>>,
): Promise<Partial<CloudCluster>> {
  const at = ["--region", region];
  const { cluster } = await asker.json(
    clusterAnswer,
    aws(["eks", "describe-cluster", "--name", name, ...at], { as: "aws eks describe-cluster" }),
  );
  const { nodegroups } = await asker.json(
    groupList,
    aws(["eks", "list-nodegroups", "--cluster-name", name, ...at], { as: "aws eks list-nodegroups" }),
  );
  const groups = await Promise.all(
    nodegroups.map((group) =>
      asker.json(
        groupAnswer,
        aws(["eks", "describe-nodegroup", "--cluster-name", name, "--nodegroup-name", group, ...at], {
          as: "aws eks describe-nodegroup",
        }),
      ),
    ),
  );
  const typesOf = (instanceType: string) => {
    const key = `${region}/${instanceType}`;
    const known =
      types.get(key) ??
      asker
        .json(
          typeList,
          aws(["ec2", "describe-instance-types", "--instance-types", instanceType, ...at], {
            as: "aws ec2 describe-instance-types",
          }),
        )
        .then(({ InstanceTypes }) => InstanceTypes);
    types.set(key, known);
    return known;
  };
  const pools = await Promise.all(
    groups.map(async ({ nodegroup }): Promise<NodePool> => {
      // A group of several types is as good as its first one: AWS prefers it.
      const instanceType = nodegroup.instanceTypes?.[0];
      const type = instanceType === undefined ? undefined : (await typesOf(instanceType))[0];
      const { desiredSize, minSize, maxSize } = nodegroup.scalingConfig ?? {};
      return {
        name: nodegroup.nodegroupName,
        count: desiredSize ?? 0,
        ...(minSize == null ? {} : { min: minSize }),
        ...(maxSize == null ? {} : { max: maxSize }),
        ...(instanceType === undefined ? {} : { instanceType }),
        ...amountsOf(type, nodegroup.amiType ?? ""),
      };
    }),
  );
  return { version: cluster.version, status: cluster.status, pools };
}

/** A group whose launch template says the type is known by its image alone. */
function amountsOf(type: InstanceType | undefined, amiType: string) {
  const isArm =
    type === undefined ? /ARM/.test(amiType) : !type.ProcessorInfo.SupportedArchitectures.includes("x86_64");
  const cpu = type?.VCpuInfo.DefaultVCpus ?? 0;
  const gpus = (type?.GpuInfo?.Gpus ?? []).reduce((sum, { Count }) => sum + Count, 0);
  const network = type?.NetworkInfo;
  // What EKS itself sets, without prefix delegation: https://github.com/awslabs/amazon-eks-ami max-pods-calculator.sh
  const addresses =
    network == null ? undefined : network.MaximumNetworkInterfaces * (network.Ipv4AddressesPerInterface - 1) + 2;
  return {
    architecture: isArm ? "arm64" : "amd64",
    cpu,
    memoryBytes: (type?.MemoryInfo.SizeInMiB ?? 0) * 1024 ** 2,
    gpus,
    ...(addresses === undefined ? {} : { pods: Math.min(addresses, cpu > 30 ? 250 : 110) }),
  };
}

/** The region that is set, else one that everyone has: without a region, the CLI asks nothing. */
async function homeRegion(asker: Asker, profile: readonly string[]): Promise<string> {
  const { AWS_REGION, AWS_DEFAULT_REGION } = asker.environment;
  const named = AWS_REGION || AWS_DEFAULT_REGION;
  if (named) return named;
  const set = await asker
    .text({ tool: "aws", args: ["configure", "get", "region", ...profile], mayFail: true })
    .catch((error: unknown) => ignored(asker, error)); // it ends with 1 where none is set
  return set?.trim() || "us-east-1";
}

function regionFailure(error: unknown): Pick<CloudRegion, "state"> {
  if (!(error instanceof FlowdeckError)) return { state: "failed" };
  if (error.said.id === message("platform.timedOut", { command: "", seconds: 0 }).id) return { state: "timeout" };
  const kind = failureKind(error.detail ?? "");
  if (kind === "region-disabled" || kind === "rejected") return { state: "disabled" };
  return { state: kind === "denied" ? "denied" : "failed" };
}

function ignored(asker: Asker, error: unknown): undefined {
  asker.signal.throwIfAborted();
  if (error instanceof FlowdeckError && error.code === "tool-missing") throw error;
  return undefined;
}
