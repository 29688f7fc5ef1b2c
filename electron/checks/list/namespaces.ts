import { conditionsOf, isKind } from "../../../common/kube/index.ts";
import { message } from "../../../common/words/index.ts";
import { refOf } from "../../install/index.ts";
import { type Check, failed, passed } from "../check.ts";
import { someNames } from "./refs.ts";

/** Nothing can be created in a namespace that is being deleted, and what holds it may hold it for ever. */
export const namespaces: Check = {
  id: "namespaces",
  level: "must",
  name: message("checks.namespaces"),
  of: "plan",
  async run(world, { nodes }) {
    const all = await world.all("v1", "Namespace");
    if (all === undefined) return undefined;
    const needed = new Set(nodes.flatMap(({ ref }) => (isKind(ref, "/Namespace") ? ref.name : (ref.namespace ?? []))));
    const going = all.filter(({ metadata }) => metadata.deletionTimestamp && needed.has(metadata.name));
    const [first] = going;
    if (first === undefined) return passed(message("checks.namespacesOk", { count: needed.size }));
    const names = someNames(going.map(({ metadata }) => metadata.name));
    // The namespace controller writes here what is left and what holds it.
    const holds = going.flatMap((one) =>
      conditionsOf(one)
        .filter(({ status }) => status === "True")
        .flatMap(({ message: held }) => held ?? []),
    );
    return failed(message("checks.namespacesGoing", { count: going.length, names }), {
      evidence: [message("checks.namespacesSince", { since: { time: String(first.metadata.deletionTimestamp) } })],
      ...(holds.length === 0 ? {} : { detail: holds.join("\n") }),
      objects: going.map(refOf),
    });
  },
};
