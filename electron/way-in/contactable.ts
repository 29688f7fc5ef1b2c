import { BlockList, isIP } from "node:net";

/** Addresses that no installation has: of this computer, of its link (and so of a cloud's metadata), of groups. */
const refused = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const)
  refused.addSubnet(network, prefix, "ipv4");
for (const [network, prefix] of [
  ["::", 127],
  ["fe80::", 10],
  ["ff00::", 8],
] as const)
  refused.addSubnet(network, prefix, "ipv6");

/**
 * Whether an address that a cluster gives may be contacted from here. `local`: the cluster itself runs on this computer,
 * so that its addresses may be, too.
 */
export function isContactable(address: string, local: boolean): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  // An IPv4 address written as IPv6 is held against the rules for IPv4 by the list itself.
  if (local && (address === "::1" || address.startsWith("127."))) return true;
  return !refused.check(address, family === 4 ? "ipv4" : "ipv6");
}
