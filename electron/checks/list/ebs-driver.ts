import { message } from "../../../common/words/index.ts";
import { ebsDriverProblem, readCapacity } from "../../install/index.ts";
import { type Check, failed, passed } from "../check.ts";

/** EKS brings no driver for its own disks, and StorageClasses that name it all the same. */
export const ebsDriver: Check = {
  id: "ebs-driver",
  level: "must",
  name: message("checks.ebsDriver"),
  of: "plan",
  async run({ client, signal }, { nodes, platform }) {
    if (platform !== "eks") return undefined;
    const said = ebsDriverProblem({ nodes }, await readCapacity(client, signal));
    if (said === undefined) return passed(message("checks.ebsDriverOk"));
    return failed(said, {
      fix: {
        title: message("checks.ebsAddon"),
        about: [message("checks.ebsAddonAbout")],
        lines: ["aws eks create-addon --cluster-name CLUSTER --addon-name aws-ebs-csi-driver"],
      },
    });
  },
};
