import { type Answer, kubeconfigText } from "./stand-in.ts";

/** What the aws CLI prints for an account with one cluster in Seoul, in its own format. */
export const awsAnswers: readonly Answer[] = [
  { when: "--version", out: "aws-cli/2.31.0 Python/3.13.7 Linux/6.8 exe/x86_64\n" },
  { when: "configure list-profiles", out: "default\nwork\n" },
  { when: "configure get region", code: 1 },
  {
    when: "sts get-caller-identity",
    out: JSON.stringify({ UserId: "AIDA", Account: "111122223333", Arn: "arn:aws:iam::111122223333:user/student" }),
  },
  {
    when: "ec2 describe-regions",
    out: JSON.stringify({
      Regions: [
        { RegionName: "ap-northeast-2", OptInStatus: "opt-in-not-required" },
        { RegionName: "us-west-2", OptInStatus: "opt-in-not-required" },
        { RegionName: "eu-west-1", OptInStatus: "opt-in-not-required" },
        { RegionName: "me-central-1", OptInStatus: "not-opted-in" },
      ],
    }),
  },
  { when: "eks list-clusters --region ap-northeast-2", out: JSON.stringify({ clusters: ["kf-seoul"] }) },
  { when: "eks list-clusters --region eu-west-1", out: JSON.stringify({ clusters: [] }) },
  {
    when: "eks list-clusters --region us-west-2",
    err: "\nAn error occurred (AccessDeniedException) when calling the ListClusters operation: User: arn:aws:iam::111122223333:user/student is not authorized to perform: eks:ListClusters on resource: *\n",
    code: 254,
  },
  {
    when: "eks describe-cluster",
    out: JSON.stringify({ cluster: { name: "kf-seoul", version: "1.34", status: "ACTIVE" } }),
  },
  { when: "eks list-nodegroups", out: JSON.stringify({ nodegroups: ["general", "arm"] }) },
  { when: "--nodegroup-name general", out: JSON.stringify({ nodegroup: group("general", "m6i.2xlarge", 3) }) },
  { when: "--nodegroup-name arm", out: JSON.stringify({ nodegroup: group("arm", "m7g.large", 0) }) },
  { when: "--instance-types m6i.2xlarge", out: JSON.stringify({ InstanceTypes: [type("m6i.2xlarge", 8, "x86_64")] }) },
  { when: "--instance-types m7g.large", out: JSON.stringify({ InstanceTypes: [type("m7g.large", 2, "arm64")] }) },
  { when: "eks update-kubeconfig", writes: { option: "--kubeconfig", text: kubeconfigText("kf-seoul") } },
];

function group(nodegroupName: string, instanceType: string, desiredSize: number) {
  const scalingConfig = { minSize: 0, maxSize: 5, desiredSize };
  return { nodegroupName, instanceTypes: [instanceType], amiType: "AL2023_x86_64_STANDARD", scalingConfig };
}

function type(InstanceType: string, cpus: number, architecture: string) {
  return {
    InstanceType,
    VCpuInfo: { DefaultVCpus: cpus },
    MemoryInfo: { SizeInMiB: cpus * 4096 },
    ProcessorInfo: { SupportedArchitectures: [architecture] },
    NetworkInfo: { MaximumNetworkInterfaces: 4, Ipv4AddressesPerInterface: 15 },
  };
}
