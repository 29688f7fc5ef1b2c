import type { CallOutput, Profile } from "../../common/contract/index.ts";
import { message } from "../../common/words/cli.ts";
import type { Output } from "./output.ts";

/** A profile for reading: who is in it, its limits, its PodDefaults, and whose credentials pull images. */
export function detailLines(
  { name, owner, members, hard, used }: Profile,
  { podDefaults, accounts, unread }: CallOutput<"profiles.details">,
  output: Output,
): string[] {
  const { text } = output;
  return [
    `${name}  ${owner.name}`,
    ...members.map(({ user, role }) => `  ${user}  ${role}`),
    text(message("cliProfiles.headQuota")),
    ...Object.entries(hard).map(([resource, limit]) => `  ${resource}  ${used[resource] ?? "0"} / ${limit}`),
    ...(podDefaults === undefined ? [] : [text(message("cliProfiles.headPodDefaults"))]),
    ...(podDefaults ?? []).map(({ name: own, description, variables, paths, others }) =>
      `  ${own}  ${description}  ${[...variables, ...paths, ...others].join(" ")}`.trimEnd(),
    ),
    text(message("cliProfiles.headPullSecrets")),
    ...accounts.map(({ account, secrets }) =>
      `  ${account}  ${secrets.map((one) => `${one.name}:${one.state} ${one.registries.join(",")}`.trim()).join("  ")}`.trimEnd(),
    ),
    ...unread.map(({ kind }) => text(message("cliProfiles.unread", { kind }))),
  ];
}
