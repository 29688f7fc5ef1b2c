import type { accessContract } from "../common/contract/index.ts";
import { AccessRules } from "./access/index.ts";
import type { BrowserDeps, Part } from "./backend-parts.ts";

/** Who may do what, behind the contract. */
export function accessPart({ connections }: BrowserDeps): Part<typeof accessContract> {
  const rules = new AccessRules(connections);
  return {
    methods: {
      "access.mine": ({ context, namespace }, signal) => rules.mine(context, namespace, signal),
      "access.who": ({ context, namespace, ...question }, signal) =>
        rules.who(context, { ...question, ...(namespace ? { namespace } : {}) }, signal),
      "access.subject": ({ context, subject, namespace }, signal) =>
        rules.ofSubject(context, subject, namespace, signal),
      "access.rules": ({ context, ...object }, signal) => rules.rules(context, object, signal),
    },
    close: async () => undefined,
  };
}
