import { at, list, text } from "../json/index.ts";
import { atNode } from "./typed-at.ts";

/** Where a node is reached: from outside, else inside its network; undefined where it says neither. */
export function addressOfNode(node: Parameters<typeof atNode>[0]): string | undefined {
  const addresses = list(atNode(node, "status", "addresses"));
  const of = (type: string) =>
    text(
      at(
        addresses.find((one) => at(one, "type") === type),
        "address",
      ),
    );
  return of("ExternalIP") ?? of("InternalIP");
}
