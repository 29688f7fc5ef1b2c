import {
  type AppError,
  type CloudCluster,
  type CloudRegion,
  type CloudView,
  FlowdeckError,
  type PlatformJob,
  type PlatformTool,
  type PreparedAction,
  type ReleaseInfo,
  type ToolName,
  toolName,
} from "../../common/contract/index.ts";
import { type Message, message } from "../../common/words/index.ts";
import { openCard, usePlatform } from "../../renderer/features/wizard/platform/state.ts";
import { provideClient } from "../../renderer/state/client.ts";
import { useDraft } from "../../renderer/state/draft.ts";
import { useRoute } from "../../renderer/state/route.ts";
import { saying } from "./double.ts";
import { place, type Story } from "./story.tsx";

const GiB = 2 ** 30;
const here: Partial<Record<ToolName, string>> = { docker: "28.5.1", kind: "0.30.0", aws: "2.31.0", eksctl: "0.215.0" };
const install = message("platform.installFrom", { page: "docs.aws.amazon.com/cli" });
const tools = (found: Partial<Record<ToolName, string>>): PlatformTool[] =>
  toolName.options.map((name) => {
    const version = found[name];
    return { name, install, ...(version === undefined ? {} : { file: `/usr/bin/${name}`, version }) };
  });

const release: ReleaseInfo = {
  ...{ id: "26.03", title: { en: "Kubeflow 26.03", ko: "Kubeflow 26.03" }, description: { en: "", ko: "" } },
  ...{ configUri: "", kubernetesMin: "1.33", source: "mirror", components: [] },
  capabilities: { components: "chosen", signIn: "dex" },
  recommended: { cpu: 8, memoryGiB: 16, diskGiB: 60 },
  needs: {
    ...{ cpu: 7.5, memoryGiB: 14, pods: 58, architectures: ["amd64"] },
    biggest: { name: "mysql", cpu: 0.5, memoryGiB: 1.4 },
  },
};

const problem = (code: AppError["code"], said: Message, advice?: Message, detail?: string): AppError =>
  new FlowdeckError(code, said, {
    ...(advice === undefined ? {} : { advice }),
    ...(detail === undefined ? {} : { detail }),
  }).toJSON();

const denied = problem(
  "forbidden",
  message("platform.denied", { command: "aws eks list-clusters --region us-west-2" }),
  message("platform.askForPermission"),
  "An error occurred (AccessDeniedException) when calling the ListClusters operation",
);
const region = (name: string, state: CloudRegion["state"], more: Partial<CloudRegion> = {}): CloudRegion => ({
  ...{ name, state, clusters: 0, ms: 900 },
  ...more,
});
const pool = (name: string, instanceType: string, cpu: number, count: number, architecture = "amd64") => ({
  ...{
    name,
    instanceType,
    cpu,
    count,
    min: 0,
    max: count + 2,
    memoryBytes: cpu * 4 * GiB,
    pods: 58,
    gpus: 0,
    architecture,
  },
});
const cluster = (name: string, version: string, more: Partial<CloudCluster> = {}): CloudCluster => ({
  ...{ platform: "eks", name, region: "ap-northeast-2", version, status: "ACTIVE", made: false },
  ...more,
});
const identity = { who: "arn:aws:iam::111122223333:role/kubeflow-admin", account: "111122223333", profile: "default" };
const found: CloudView = {
  ...{ platform: "eks", state: "ready", identity },
  accounts: ["default", "work"].map((name) => ({ id: name, name, current: name === "default" })),
  regions: [
    region("ap-northeast-2", "answered", { clusters: 2, ms: 310 }),
    region("us-west-2", "answered"),
    region("me-central-1", "disabled"),
  ],
  clusters: [
    cluster("kf-seoul", "1.34", {
      pools: [pool("general", "m6i.2xlarge", 8, 3), pool("arm", "m7g.large", 2, 1, "arm64")],
    }),
    cluster("ml-dev", "1.31", { made: true, pools: [pool("small", "t3.small", 2, 2)] }),
  ],
};
const line = "aws eks update-kubeconfig --region ap-northeast-2 --name kf-seoul --kubeconfig /home/me/kf-seoul.yaml";
const prepared: PreparedAction = {
  ...{ lines: [line], files: [], minutes: 1, warnings: [], limits: [], digest: "one" },
  about: message("platform.aboutUse", { file: "/home/me/kf-seoul.yaml" }),
};
const empty = { accounts: [], regions: [], clusters: [] };

/** The step with one card in front, whose cloud is as given. */
function step(
  id: string,
  cloud: CloudView | undefined,
  { has = here, jobs = [], card = "eks" }: { has?: typeof here; jobs?: PlatformJob[]; card?: "eks" | "computer" } = {},
): Story {
  return {
    id: `platform-${id}`,
    given: () => {
      useRoute.setState({ route: { place: "install", step: "cluster" } });
      useDraft.setState({ releases: [release], release: release.id });
      usePlatform.setState({ opened: [] });
      openCard(card);
      provideClient(
        saying({
          streams: {
            "platforms.watch": {
              tools: tools(has),
              commands: [
                { line: "aws sts get-caller-identity", count: 1, state: cloud?.problem ? "failed" : "done" },
                { line: "aws eks list-clusters --region …", count: 18, state: "running" },
              ],
              computer: {
                ...{ state: "ready", cpu: 8, memoryBytes: 32 * GiB, limits: [], problems: [] },
                runtime: { name: "docker", version: "28.5.1", cpu: 8, memoryBytes: 32 * GiB },
                clusters: [
                  { platform: "kind", name: "kubeflow", state: "running", nodes: 3, version: "1.34.0", made: true },
                  { platform: "kind", name: "old", state: "stopped", nodes: 1, version: "1.30.2", made: false },
                ],
              },
              ...(cloud === undefined ? {} : { cloud }),
            },
            "platforms.jobs": jobs,
          },
          answers: { "platforms.prepare": prepared },
        }),
      );
    },
    draw: () => place({ place: "install", step: "cluster" }),
  };
}

const failed = (fault: AppError, more: Partial<CloudView> = {}): CloudView => ({
  ...{ platform: "eks", state: "failed", problem: fault },
  ...empty,
  ...more,
});
const signIn = (command: string) => message("platform.runThis", { command });
const job = (state: PlatformJob["state"], more: Partial<PlatformJob> = {}): PlatformJob => ({
  ...{ id: state, state, startedAt: "2026-01-02T12:00:00Z", terminal: "t" },
  request: { action: "use", platform: "eks", name: "kf-seoul", region: "ap-northeast-2" },
  output: [`$ ${line}`, "Added new context kf-seoul"],
  ...more,
});

const other: PlatformJob["request"] = { action: "use", platform: "eks", name: "ml-dev", region: "ap-northeast-2" };

/** The wizard's step "Platform" with a cloud in each of its states. */
export const platformStories: Story[] = [
  step("found", found),
  step(
    "signed-out",
    failed(
      problem(
        "credentials-rejected",
        message("platform.signedOut", { tool: "aws" }),
        signIn("aws configure"),
        "Unable to locate credentials.",
      ),
      { signIn: "aws configure", expired: false },
    ),
  ),
  step(
    "expired",
    failed(
      problem(
        "credentials-rejected",
        message("platform.expired", { tool: "aws" }),
        signIn("aws sso login"),
        "The security token included in the request is expired",
      ),
      { signIn: "aws sso login", expired: true },
    ),
  ),
  step("slow", {
    ...{ ...found, state: "looking" },
    regions: [
      region("ap-northeast-2", "answered", { clusters: 2, ms: 310 }),
      region("eu-north-1", "asking"),
      region("sa-east-1", "waiting"),
      region("eu-west-1", "timeout", { ms: 5_000 }),
    ],
    clusters: [cluster("kf-seoul", "1.34")],
  }),
  step("denied", {
    ...{ ...found, clusters: [] },
    regions: [region("us-west-2", "denied", { problem: denied }), region("ap-northeast-2", "answered")],
  }),
  step("no-tool", failed(problem("tool-missing", message("platform.missing", { tool: "aws" }), install)), {
    has: { docker: "28.5.1" },
  }),
  step(
    "error",
    failed(
      problem(
        "answer-unreadable",
        message("platform.unreadable", { command: "aws sts get-caller-identity" }),
        message("platform.updateTool", { tool: "aws" }),
        "<html>proxy</html>",
      ),
    ),
  ),
  step("job", found, { jobs: [job("failed", { problem: denied }), job("running", { request: other })] }),
  step("computer", undefined, { card: "computer" }),
];
