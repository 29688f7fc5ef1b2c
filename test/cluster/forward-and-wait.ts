import { ClusterConnections, Kubeconfigs } from "../../electron/cluster/index.ts";
import { createTools } from "../../electron/tools/index.ts";

/** A process for a test to kill: forwards a port of service/web, prints it, and waits. Arguments: kubeconfig, data folder. */
const [kubeconfig = "", dataDir = ""] = process.argv.slice(2);
const tools = createTools();
const kubeconfigs = new Kubeconfigs({ dataDir, environment: {}, home: dataDir, explicit: [kubeconfig] });
const connections = new ClusterConnections({ kubeconfigs, environment: tools.environment() });
const { contexts } = await kubeconfigs.list();
const kubectl = await tools.toolbox("kubectl");
const target = { kubectl, namespace: "default", target: "service/web", port: 80 };
const forward = await connections.portForward(contexts[0]?.id ?? "", target);
console.log(forward.port);
setInterval(() => undefined, 60_000);
