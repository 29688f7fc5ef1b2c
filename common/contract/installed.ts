import { z } from "zod";
import { contextId } from "./context-id.ts";
import { method, stream } from "./define.ts";
import { appError } from "./errors.ts";
import { installState } from "./install-status.ts";
import { cause, objectLink } from "./objects.ts";
import { componentInfo } from "./releases.ts";

/** How a pod of a component is: as its small square shows it. */
export const podSign = z.enum(["running", "starting", "waiting", "bad"]);
export type PodSign = z.infer<typeof podSign>;

export const componentHealth = z.enum(["ok", "progressing", "bad", "unknown"]);
export type ComponentHealth = z.infer<typeof componentHealth>;

/** A component of an installation as it is now. */
export const installedComponent = z.object({
  id: z.string(),
  title: z.string(),
  /** Where no release says it. */
  group: componentInfo.shape.group.optional(),
  health: componentHealth,
  /** Its pods, those that need attention last; the first ones of very many. */
  pods: z.array(podSign),
  podsTotal: z.number(),
  podsReady: z.number(),
  /** Where to look: the namespaces its workloads are in. */
  namespaces: z.array(z.string()),
});
export type InstalledComponent = z.infer<typeof installedComponent>;

/** What is wrong with an installation, with the cause. */
export const attention = z.object({
  component: z.string(),
  level: z.enum(["warn", "bad"]),
  /** The workload that does not work. */
  object: objectLink,
  /** Absent: the object is not there. */
  cause: cause.optional(),
  /** Milliseconds since the epoch. */
  since: z.number().optional(),
  restarts: z.number(),
});
export type Attention = z.infer<typeof attention>;

export const doorIds = ["notebooks", "pipelines", "experiments", "models", "tensorboards", "volumes"] as const;
export const door = z.object({
  id: z.enum(doorIds),
  /** Below the dashboard's address. */
  path: z.string(),
  /** Whether what answers there is ready. */
  ready: z.boolean(),
});
export type Door = z.infer<typeof door>;

/** How the dashboard is reached. */
export const dashboardAddress = z.object({
  /** `forward`: from this computer only, over a port forward. */
  way: z.enum(["forward", "nodePort", "loadBalancer"]),
  /** Absent while a load balancer has no address yet. */
  url: z.string().optional(),
  service: objectLink,
});
export type DashboardAddress = z.infer<typeof dashboardAddress>;

export const installedView = z.object({
  /** The id in the installation's label; `found` for what Flowdeck did not install. */
  id: z.string(),
  /** `here`: this computer has its folder. `elsewhere`: Flowdeck on another one installed it. `other`: something else did. */
  origin: z.enum(["here", "elsewhere", "other"]),
  name: z.string(),
  kfDir: z.string().optional(),
  /** With `elsewhere`: the computer that has the folder. */
  host: z.string().optional(),
  release: z.string(),
  title: z.string(),
  state: installState,
  /** ISO 8601. */
  installedAt: z.string().optional(),
  objects: z.number(),
  health: componentHealth,
  /** When the last pod became ready, in milliseconds since the epoch, where everything works. */
  since: z.number().optional(),
  components: z.array(installedComponent),
  /** The worst first. */
  attention: z.array(attention),
  doors: z.array(door),
  /** Absent where there is no Service for it. */
  address: dashboardAddress.optional(),
  /** How people sign in, where that is known: nobody has to, or with a password as `email`. */
  signIn: z.object({ password: z.boolean(), email: z.string().optional() }).optional(),
  /** Profiles and their owners, the first ones; absent where the cluster has no profiles or does not list them. */
  profiles: z.object({ total: z.number(), owners: z.array(z.string()) }).optional(),
  /** Volume claims in the installation's own namespaces. */
  storage: z.object({ claims: z.number(), bytes: z.number(), classes: z.array(z.string()) }).optional(),
  /** What the nodes have of GPUs, and which notebooks hold some; absent where there are none. */
  gpus: z
    .object({
      total: z.number(),
      notebooks: z.array(
        z.object({ namespace: z.string(), name: z.string(), count: z.number(), owner: z.string().optional() }),
      ),
    })
    .optional(),
  /** Some of it has not been answered yet. */
  looking: z.boolean(),
  /** Why some of this can't be told. */
  problem: appError.optional(),
});
export type InstalledView = z.infer<typeof installedView>;

export const installedContract = {
  /** Whether there is a Kubeflow in a cluster, whoever installed it. Asks for very little. */
  "installed.find": method(z.object({ context: contextId }), z.object({ installations: z.number() })),
  /** The installations in a cluster as they are now, until closed. */
  "installed.watch": stream(z.object({ context: contextId }), z.object({ installations: z.array(installedView) })),
};
