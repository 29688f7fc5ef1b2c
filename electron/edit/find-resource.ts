import type { ApiResource } from "../cluster/index.ts";

/**
 * Reads what `kubectl explain` is asked: a resource by any of its names, with its group or without, and the fields below
 * it. Undefined when no such resource is served. Of several of that name, one whose group is given wins, then the first.
 */
export function findResource(
  resources: readonly ApiResource[],
  text: string,
): { resource: ApiResource; fields: string[] } | undefined {
  const [name = "", ...rest] = text.trim().replace(/\.$/, "").split(".");
  const wanted = name.toLowerCase();
  const named = resources.filter(({ plural, singular, kind, shortNames }) =>
    [plural, singular, kind.toLowerCase(), ...shortNames].includes(wanted),
  );
  const withGroup = named
    .filter(({ group }) => group !== "" && `${rest.join(".")}.`.startsWith(`${group}.`))
    .toSorted((a, b) => b.group.length - a.group.length)[0];
  const resource = withGroup ?? named[0];
  if (resource === undefined) return undefined;
  return { resource, fields: withGroup === undefined ? rest : rest.slice(withGroup.group.split(".").length) };
}
