import { action } from "./action.ts";
import { appStart } from "./app-start.ts";
import { call } from "./call.ts";
import { clusterFacts } from "./cluster-facts.ts";
import { copy } from "./copy.ts";
import { edit } from "./edit.ts";
import { exec } from "./exec.ts";
import { folder } from "./folder.ts";
import { forward } from "./forward.ts";
import { kubeconfig } from "./kubeconfig.ts";
import { log } from "./log.ts";
import { network } from "./network.ts";
import { policy } from "./policy.ts";
import { practice } from "./practice.ts";
import { request } from "./request.ts";
import { server } from "./server.ts";
import { signIn } from "./sign-in.ts";
import { table } from "./table.ts";
import { terminal } from "./terminal.ts";
import { toolbox } from "./toolbox.ts";

/** What the backend has to say in Korean, by topic: each text has an id `topic.name` and names its values as `{{value}}`. */
export const messages = {
  action,
  appStart,
  call,
  clusterFacts,
  copy,
  edit,
  exec,
  folder,
  forward,
  kubeconfig,
  log,
  network,
  policy,
  practice,
  request,
  server,
  signIn,
  table,
  terminal,
  toolbox,
};
