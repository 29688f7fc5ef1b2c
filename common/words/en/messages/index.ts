import { accessTrouble } from "./access-trouble.ts";
import { action } from "./action.ts";
import { adopt } from "./adopt.ts";
import { answer } from "./answer.ts";
import { appStart } from "./app-start.ts";
import { appWindow } from "./app-window.ts";
import { applying } from "./applying.ts";
import { call } from "./call.ts";
import { cause } from "./cause.ts";
import { checks } from "./checks.ts";
import { clusterFacts } from "./cluster-facts.ts";
import { clusterPlatform } from "./cluster-platform.ts";
import { command } from "./command.ts";
import { connectorProblem } from "./connector-problem.ts";
import { conversion } from "./conversion.ts";
import { copy } from "./copy.ts";
import { drift } from "./drift.ts";
import { edit } from "./edit.ts";
import { exec } from "./exec.ts";
import { externalSignIn } from "./external-sign-in.ts";
import { file } from "./file.ts";
import { fix } from "./fix.ts";
import { flowdeckFile } from "./flowdeck-file.ts";
import { folder } from "./folder.ts";
import { forward } from "./forward.ts";
import { gate } from "./gate.ts";
import { goneImage } from "./gone-image.ts";
import { holds } from "./holds.ts";
import { installLog } from "./install-log.ts";
import { installation } from "./installation.ts";
import { kfBuild } from "./kf-build.ts";
import { kfdef } from "./kfdef.ts";
import { kubeconfig } from "./kubeconfig.ts";
import { leftClaims } from "./left-claims.ts";
import { list } from "./list.ts";
import { log } from "./log.ts";
import { network } from "./network.ts";
import { nodeFit } from "./node-fit.ts";
import { otherInstallation } from "./other-installation.ts";
import { others } from "./others.ts";
import { overlay } from "./overlay.ts";
import { pattern } from "./pattern.ts";
import { people } from "./people.ts";
import { plan } from "./plan.ts";
import { platform } from "./platform.ts";
import { plugin } from "./plugin.ts";
import { pod } from "./pod.ts";
import { podDefault } from "./pod-default.ts";
import { policy } from "./policy.ts";
import { practice } from "./practice.ts";
import { preflight } from "./preflight.ts";
import { profile } from "./profile.ts";
import { progress } from "./progress.ts";
import { readiness } from "./readiness.ts";
import { registry } from "./registry.ts";
import { registryDeploy, registryNodes } from "./registry-deploy.ts";
import { removal } from "./removal.ts";
import { render } from "./render.ts";
import { request } from "./request.ts";
import { sdkToken } from "./sdk-token.ts";
import { server } from "./server.ts";
import { setting } from "./setting.ts";
import { signIn } from "./sign-in.ts";
import { source } from "./source.ts";
import { table } from "./table.ts";
import { terminal } from "./terminal.ts";
import { toolbox } from "./toolbox.ts";
import { unmet } from "./unmet.ts";
import { upgrade } from "./upgrade.ts";
import { value } from "./value.ts";
import { verify } from "./verify.ts";
import { wait } from "./wait.ts";
import { wave } from "./wave.ts";
import { wayIn } from "./way-in.ts";

/** What the backend has to say in English, by topic: each text has an id `topic.name` and names its values as `{{value}}`. */
export const messages = {
  accessTrouble,
  action,
  adopt,
  answer,
  appStart,
  appWindow,
  applying,
  call,
  cause,
  checks,
  clusterFacts,
  clusterPlatform,
  command,
  connectorProblem,
  conversion,
  copy,
  drift,
  edit,
  exec,
  externalSignIn,
  file,
  fix,
  flowdeckFile,
  folder,
  forward,
  gate,
  goneImage,
  holds,
  installLog,
  installation,
  kfBuild,
  kfdef,
  kubeconfig,
  leftClaims,
  list,
  log,
  network,
  nodeFit,
  otherInstallation,
  others,
  pattern,
  people,
  overlay,
  plan,
  platform,
  plugin,
  pod,
  policy,
  practice,
  preflight,
  podDefault,
  profile,
  progress,
  readiness,
  registry,
  registryDeploy,
  registryNodes,
  removal,
  render,
  request,
  sdkToken,
  server,
  setting,
  signIn,
  source,
  table,
  terminal,
  toolbox,
  unmet,
  upgrade,
  value,
  verify,
  wait,
  wave,
  wayIn,
};
