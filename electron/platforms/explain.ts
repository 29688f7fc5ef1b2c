import { type ErrorCode, FlowdeckError, type ToolName } from "../../common/contract/index.ts";
import { shellWord } from "../../common/text/index.ts";
import { type Message, message } from "../../common/words/index.ts";
import type { ToolEnd } from "./run-tool.ts";
import { lastLines } from "./toolbelt.ts";

/** Why a tool failed, as far as its words say. */
export type FailureKind =
  | "signed-out"
  | "expired"
  | "rejected"
  | "denied"
  | "quota"
  | "api-disabled"
  | "no-project"
  | "region-disabled"
  | "runtime-down"
  | "runtime-denied"
  | "disk-full"
  | "unreachable"
  | "not-found"
  | "other";

/** In the order in which they are looked for: an expired session is also a rejected one. */
const patterns: readonly (readonly [FailureKind, RegExp])[] = [
  [
    "expired",
    /ExpiredToken|token (included in the request )?(is|has) expired|SSO session .*(expired|invalid)|Error loading SSO Token|Error when retrieving token from sso|Your session has expired|problem refreshing your current auth tokens|Reauthentication (failed|required)|invalid_grant|AADSTS(700082|700084|70043|50078|50173|50076)|refresh token has expired/i,
  ],
  [
    "signed-out",
    /Unable to locate credentials|config profile \(.*\) could not be found|NoCredential|NoAuthHandler|do not currently have an active account|does not have any valid credentials|Please run:?\s*\$? *gcloud auth login|run 'az login'|az login.*to (setup|access)|no active account|partial credentials/i,
  ],
  [
    "api-disabled",
    /SERVICE_DISABLED|has not been used in project|API .*is (disabled|not enabled)|accessNotConfigured|MissingSubscriptionRegistration|not registered to use namespace/i,
  ],
  [
    "rejected",
    /InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|InvalidSignatureException|AuthFailure|UNAUTHENTICATED|invalid authentication credentials/,
  ],
  ["region-disabled", /OptInRequired|not opted.?in|region is disabled|is not enabled for your account/i],
  [
    "quota",
    /LimitExceeded|ServiceQuotaExceeded|QuotaExceeded|quota.*exceeded|exceed(s|ed|ing)? .*quota|Insufficient.*quota|RESOURCE_EXHAUSTED|InsufficientVCPUQuota|maximum number of (VPCs|addresses|clusters)/i,
  ],
  [
    "denied",
    /AccessDenied|UnauthorizedOperation|not authorized to perform|PERMISSION_DENIED|Required "[\w.]+" permission|AuthorizationFailed|does not have authorization|code=403|Forbidden/i,
  ],
  ["no-project", /required property \[project\]|project property is (not )?(set|currently unset)|specify a project/i],
  ["runtime-denied", /permission denied while trying to connect to the (Docker|docker)/i],
  [
    "runtime-down",
    /Cannot connect to the Docker daemon|Is the docker daemon running|Cannot connect to Podman|docker daemon is not running|PROVIDER_DOCKER_NOT_RUNNING|no such file or directory.*(docker|podman)\.sock/i,
  ],
  ["disk-full", /no space left on device|RSRC_DOCKER_STORAGE/i],
  [
    "unreachable",
    /Could not connect to the endpoint|Connect timeout on endpoint|Read timeout on endpoint|Failed to establish a new connection|Name or service not known|getaddrinfo|network is unreachable|Max retries exceeded|gcloud crashed \((TransportError|ConnectionError|ServerNotFoundError)/i,
  ],
  [
    "not-found",
    /ResourceNotFoundException|No cluster found|Resource(Group)?NotFound|NOT_FOUND|code=404|No cluster named|No nodes found for cluster/i,
  ],
];

export function failureKind(words: string): FailureKind {
  return patterns.find(([, pattern]) => pattern.test(words))?.[0] ?? "other";
}

const codes: Record<FailureKind, ErrorCode> = {
  "signed-out": "credentials-rejected",
  expired: "credentials-rejected",
  rejected: "credentials-rejected",
  denied: "forbidden",
  quota: "tool-failed",
  "api-disabled": "tool-failed",
  "no-project": "tool-failed",
  "region-disabled": "tool-failed",
  "runtime-down": "tool-failed",
  "runtime-denied": "forbidden",
  "disk-full": "disk-full",
  unreachable: "cluster-unreachable",
  "not-found": "not-found",
  other: "tool-failed",
};

export interface Failed {
  tool: ToolName;
  /** The command as it was run. */
  line: string;
  /** Profile or project that it was run for. */
  account?: string | undefined;
}

/** What a tool's failure means and what to do about it, with its own words. */
export function explain({ tool, line, account }: Failed, end: ToolEnd, timeoutMs: number): FlowdeckError {
  const detail = lastLines(end.stderr || end.stdout);
  if (end.timedOut)
    return new FlowdeckError(
      "tool-failed",
      message("platform.timedOut", { command: line, seconds: timeoutMs / 1_000 }),
      {
        advice: message("platform.checkNetwork"),
        ...(detail === "" ? {} : { detail }),
      },
    );
  if (end.tooMuch) return new FlowdeckError("answer-too-large", message("platform.tooMuch", { command: line }));
  const kind = failureKind(end.stderr || end.stdout);
  return new FlowdeckError(codes[kind], said(kind, { tool, line, account }), {
    advice: adviceFor(kind, tool, account),
    ...(detail === "" ? {} : { detail }),
  });
}

/** What came was no answer of the kind that is expected. */
export function unreadable({ tool, line }: Failed, problem: string): FlowdeckError {
  return new FlowdeckError("answer-unreadable", message("platform.unreadable", { command: line }), {
    advice: message("platform.updateTool", { tool }),
    detail: problem.slice(0, 500),
  });
}

function said(kind: FailureKind, { tool, line }: Failed): Message {
  switch (kind) {
    case "signed-out":
      return message("platform.signedOut", { tool });
    case "expired":
      return message("platform.expired", { tool });
    case "rejected":
      return message("platform.rejected", { tool });
    case "denied":
      return message("platform.denied", { command: line });
    case "quota":
      return message("platform.quota", { command: line });
    case "api-disabled":
      return message("platform.apiDisabled", { command: line });
    case "no-project":
      return message("platform.noProject");
    case "region-disabled":
      return message("platform.regionDisabled");
    case "runtime-down":
      return message("platform.runtimeDown", { tool });
    case "runtime-denied":
      return message("platform.runtimeDenied", { tool });
    case "disk-full":
      return message("platform.diskFull", { tool });
    case "unreachable":
      return message("platform.unreachable", { command: line });
    case "not-found":
      return message("platform.notFound", { command: line });
    default:
      return message("platform.failed", { command: line });
  }
}

function adviceFor(kind: FailureKind, tool: ToolName, account: string | undefined): Message[] {
  const run = (command: string) => [message("platform.runThis", { command })];
  switch (kind) {
    case "signed-out":
    case "expired":
    case "rejected":
      return run(signInCommand(tool, kind, account));
    case "denied":
      return [message("platform.askForPermission")];
    case "quota":
      return [message("platform.askForQuota")];
    case "api-disabled":
      return run(
        tool === "az"
          ? "az provider register --namespace Microsoft.ContainerService"
          : `gcloud services enable container.googleapis.com${account === undefined ? "" : ` --project ${account}`}`,
      );
    case "no-project":
      return run("gcloud config set project PROJECT_ID");
    case "region-disabled":
      return [message("platform.enableRegion")];
    case "runtime-down":
      return [message("platform.startRuntime")];
    case "runtime-denied":
      return [message("platform.joinGroup")];
    case "disk-full":
      return run("docker system prune");
    case "unreachable":
      return [message("platform.checkNetwork")];
    default:
      return [];
  }
}

/** The one command that signs in, as a person types it. */
export function signInCommand(tool: ToolName, kind: FailureKind, account: string | undefined): string {
  return [tool, ...signInArguments(tool, kind === "expired", account).map(shellWord)].join(" ");
}

/** What a tool is called with to sign in. `expired`: it was signed in before. */
export function signInArguments(tool: ToolName, expired: boolean, account: string | undefined): string[] {
  if (tool === "gcloud") return ["auth", "login"];
  if (tool === "az") return ["login"];
  return [...(expired ? ["sso", "login"] : ["configure"]), ...(account === undefined ? [] : ["--profile", account])];
}
