import { isOlder } from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import { type Check, failed, passed } from "../check.ts";

/** The oldest Kubernetes that the release is made for. */
export const kubernetes: Check = {
  id: "kubernetes",
  level: "should",
  name: message("checks.kubernetes"),
  of: "plan",
  async run({ client, signal }, { release: { kubernetesMin: minimum } }) {
    const version = await client.version(signal);
    if (!isOlder(version, minimum)) return passed(message("checks.kubernetesOk", { version, minimum }));
    return failed(message("preflight.oldVersion", { version, minimum }), {
      evidence: [message("checks.kubernetesOld")],
    });
  },
};
