import type { KernelLimit } from "../../common/contract/index.ts";
import type { Check } from "./check.ts";
import type { ChecksRequest } from "./checks.ts";
import { admission } from "./list/admission.ts";
import { architecture } from "./list/architecture.ts";
import { ebsDriver } from "./list/ebs-driver.ts";
import { type InspectImages, images } from "./list/images.ts";
import { inotify } from "./list/inotify.ts";
import { kubernetes } from "./list/kubernetes.ts";
import { namespaces } from "./list/namespaces.ts";
import { network } from "./list/network.ts";
import { nodes } from "./list/nodes.ts";
import { parts } from "./list/parts.ts";
import { permissions } from "./list/permissions.ts";
import { quota } from "./list/quota.ts";
import { type AddNodes, room } from "./list/room.ts";
import { apiServer, dns } from "./list/server.ts";
import { storage } from "./list/storage.ts";
import { webhooks } from "./list/webhooks.ts";

/** What checks and their fixes need beside a cluster. */
export interface CheckDeps {
  addPracticeNodes: AddNodes;
  readKernelLimits: () => Promise<KernelLimit[]>;
  inspectImages: InspectImages;
}

/** In the order of their ids in the contract. A new check is a file in `list` and its line here. */
export function allChecks(request: Pick<ChecksRequest, "images">, deps: CheckDeps): Check[] {
  return [
    kubernetes,
    permissions,
    nodes,
    storage,
    room(deps.addPracticeNodes),
    namespaces,
    webhooks,
    admission,
    ebsDriver,
    network,
    dns,
    architecture,
    quota,
    ...(request.images ? [images(deps.inspectImages)] : []),
    inotify(deps.readKernelLimits),
    parts,
    apiServer,
  ];
}
