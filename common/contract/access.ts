import { z } from "zod";
import { contextId } from "./context-id.ts";
import { method } from "./define.ts";
import { message } from "./message.ts";

/** A user, a group or a service account, as role bindings name it. */
export const subject = z.object({
  kind: z.enum(["User", "Group", "ServiceAccount"]),
  name: z.string().min(1),
  /** Of a ServiceAccount. */
  namespace: z.string().optional(),
});
export type Subject = z.infer<typeof subject>;

/** One line of a matrix: what may be done to one resource. */
export const accessRow = z.object({
  group: z.string(),
  /** Plural, with its subresource: `pods/exec`; `*` stands for all. */
  resource: z.string(),
  verbs: z.array(z.string()),
  /** Only objects of these names; absent: all. */
  names: z.array(z.string()).optional(),
  /** Only there; absent: everywhere that was asked about. */
  namespace: z.string().optional(),
  /** The roles that give it. */
  from: z.array(z.string()),
});
export type AccessRow = z.infer<typeof accessRow>;

export const accessMatrix = z.object({
  rows: z.array(accessRow),
  /** Paths of the API server that are no resources, such as /healthz. */
  urls: z.array(z.object({ url: z.string(), verbs: z.array(z.string()) })),
  /** Why there may be more than what is listed, in the server's words. */
  incomplete: z.string().optional(),
});
export type AccessMatrix = z.infer<typeof accessMatrix>;

export const whoMay = z.object({
  subjects: z.array(
    z.object({
      subject,
      /** How: through which bindings and roles; `everywhere` for a ClusterRoleBinding. */
      through: z.array(z.object({ binding: z.string(), role: z.string(), namespace: z.string().optional() })),
      names: z.array(z.string()).optional(),
    }),
  ),
  /** Bindings whose role could not be found or read. */
  unknownRoles: z.array(z.string()),
});
export type WhoMay = z.infer<typeof whoMay>;

/** Something that this user may or may not do. */
export const accessQuestion = z.object({
  verb: z.string().min(1),
  group: z.string(),
  resource: z.string().min(1),
  subresource: z.string().optional(),
  /** Absent: in all namespaces, or of what is in none. */
  namespace: z.string().optional(),
});
export type AccessQuestion = z.infer<typeof accessQuestion>;

const place = z.object({ context: contextId, namespace: z.string().min(1).optional() });

export const accessContract = {
  /** May this user do it? In the order of the questions; answers are kept for a minute. */
  "access.check": method(
    z.object({ context: contextId, questions: z.array(accessQuestion).min(1).max(200) }),
    z.object({ answers: z.array(z.object({ allowed: z.boolean(), reason: message.optional() })) }),
  ),
  /** What this user may do in a namespace, from the API server's own review of its rules. */
  "access.mine": method(place.extend({ namespace: z.string().min(1) }), accessMatrix),
  /** Who may do something, by the role bindings; without a namespace only those who may do it everywhere. */
  "access.who": method(
    place.extend({
      verb: z.string().min(1),
      group: z.string(),
      resource: z.string().min(1),
      subresource: z.string().optional(),
      name: z.string().optional(),
    }),
    whoMay,
  ),
  /** Everything that the role bindings let somebody do. */
  "access.subject": method(place.extend({ subject }), accessMatrix),
  /** The rules of a Role, a ClusterRole or a binding to one. */
  "access.rules": method(
    place.extend({
      kind: z.enum(["Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"]),
      name: z.string().min(1),
    }),
    accessMatrix.extend({ role: z.string(), subjects: z.array(subject) }),
  ),
};
