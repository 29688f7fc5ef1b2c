/**
 * An array or object with each member as `change` gives it; the same one, not a copy, where every member stays as it is.
 * `name` is the member's field, or undefined in an array. Pure.
 */
export function mapMembers<T extends object>(value: T, change: (member: unknown, name?: string) => unknown): T {
  let copy: Record<PropertyKey, unknown> | undefined;
  const names = Array.isArray(value) ? undefined : Object.keys(value);
  const members: unknown[] = Array.isArray(value) ? value : Object.values(value);
  for (const [at, member] of members.entries()) {
    const name = names?.[at];
    const changed = change(member, name);
    if (changed === member) continue;
    copy ??= (names === undefined ? [...members] : { ...value }) as Record<PropertyKey, unknown>;
    copy[name ?? at] = changed;
  }
  return (copy ?? value) as T;
}
