import type { accessContract } from "../../common/contract/index.ts";
import type { ClusterConnections } from "../cluster/index.ts";
import type { Served } from "../host/index.ts";
import { AccessRules } from "./access.ts";
import { AccessAnswers } from "./access-answers.ts";

/** Who may do what, behind the contract. */
export function serveAccess({ connections }: { connections: ClusterConnections }): Served<typeof accessContract> {
  const rules = new AccessRules(connections);
  const answers = new AccessAnswers();
  return {
    methods: {
      "access.check": ({ context, questions }) =>
        connections.use(context, async (client) => ({ answers: await answers.ask(context, client, questions) })),
      "access.mine": ({ context, namespace }, signal) => rules.mine(context, namespace, signal),
      "access.who": ({ context, namespace, ...question }, signal) =>
        rules.who(context, { ...question, ...(namespace ? { namespace } : {}) }, signal),
      "access.subject": ({ context, subject, namespace }, signal) =>
        rules.ofSubject(context, subject, namespace, signal),
      "access.rules": ({ context, ...object }, signal) => rules.rules(context, object, signal),
    },
  };
}
