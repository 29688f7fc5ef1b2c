import { create } from "zustand";
import type { Alias, ResourceInfo } from "../../../../common/contract/index.ts";
import { setBrowsePreferences } from "../../../state/browse.ts";
import { lineCommands, namedKind } from "../parse-command-line.ts";

/** Whether the user's aliases are being edited: palette and Keys sheet open them. */
export const useAliasDialog = create<{ open: boolean }>(() => ({ open: false }));

/** What a name would stand in the way of: a word of the lines (it can't be used), a kind's own name, another alias. */
export type AliasClash = { with: "command" } | { with: "kind"; info: ResourceInfo } | { with: "alias" };

export function aliasClash(
  name: string,
  served: readonly ResourceInfo[],
  own: readonly Alias[],
): AliasClash | undefined {
  if (name === "") return undefined;
  if (lineCommands.some((word) => word === name)) return { with: "command" };
  if (own.some((alias) => alias.name === name)) return { with: "alias" };
  const info = namedKind(name, served);
  return info && { with: "kind", info };
}

/** The alias as a line would say it: `pods team-a /web`. */
export function aliasLine({ resource, namespaces, filter }: Alias): string {
  return [resource, namespaces.join(","), filter === "" ? "" : `/${filter}`].filter(Boolean).join(" ");
}

/** Keeps the alias; one of the same name is replaced. */
export function keepAlias(alias: Alias): void {
  setBrowsePreferences(({ aliases }) => ({
    aliases: [...aliases.filter(({ name }) => name !== alias.name), alias].toSorted((a, b) =>
      a.name.localeCompare(b.name),
    ),
  }));
}

export function removeAlias(name: string): void {
  setBrowsePreferences(({ aliases }) => ({ aliases: aliases.filter((alias) => alias.name !== name) }));
}
