/** What the commands that install, remove and list print. */
export const cliOutput = {
  objects_one: "{{count}} object",
  objects_other: "{{count}} objects",
  cloudFile: "+ {{path}}: {{about}}",
  cloudFileKept: "= {{path}} (left as it is): {{about}}",
  imageChange_one: "image {{from}} → {{to}} (in {{count}} object)",
  imageChange_other: "image {{from}} → {{to}} (in {{count}} objects)",
  images_one: "{{count}} image",
  images_other: "{{count}} images",
  pods_one: "{{count}} pod",
  pods_other: "{{count}} pods",
  cluster: "{{name}}: Kubernetes {{version}}",
  clusterSimulated: "{{name}}: Kubernetes {{version}}, practice (simulated pods)",
  planTotals: "{{objects}}, {{images}}, {{pods}}; they request {{cpu}} CPU and {{memory}} GiB. Folder: {{folder}}",
  planChanges:
    "Compared with the cluster: {{create}} to create, {{update}} to update, {{foreign}} belong to someone else.",
  wave: "{{title}}: {{objects}}",
  platform: "Because this cluster is {{platform}}: {{change}}",
  waveGated: "{{title}}: {{objects}}, once {{gate}}",
  warning: "Warning: {{words}}",
  removalTotals: "To be deleted: {{objects}}, including the namespaces {{names}}.",
  removalObjects: "To be deleted: {{objects}}. No namespace is deleted.",
  stays: "Stays: {{object}}: {{because}}",
  addOthers: "To also delete what others created in these namespaces, add --others.",
  status: "{{release}} in {{folder}}: {{state}}, {{percent}}%",
  attention: "{{object}}: {{cause}}",
  attentionMissing: "{{object}} was deleted.",
  knownSettings: "What you don't set stays as the folder {{folder}} records it.",
  certificateUntil: "The certificate for {{subject}} is valid until {{date}}.",
  notLooked: "How it is now can't be shown: {{why}}",
  nothingInstalled: "Nothing is installed.",
  noContexts: "No contexts were found. `flowdeck practice start` creates a practice cluster.",
  versionAtLeast: "Kubernetes {{version}} or later",
  progress: "{{done}}/{{total}} objects · {{running}}/{{pods}} pods · {{wait}}",
  cancelling: "Stopping … (press Ctrl-C again to quit at once)",
  installed: "✓ {{title}} is installed ({{time}}).",
  removed: "✓ {{title}} was uninstalled ({{time}}).",
  continueWith: "Continue with: {{command}}",
  uninstallWith: "Uninstall with: {{command}}",
  cancelledInstall: "Stopped. {{done}} of {{total}} objects are applied and stay as they are.",
  cancelledRemoval: "Stopped. {{done}} of {{total}} objects are deleted; the others stay as they are.",
  cancelledPlan: "Canceled. Nothing was applied.",
  kfdefBuilt_one: "{{count}} application was built in {{folder}}.",
  kfdefBuilt_other: "{{count}} applications were built in {{folder}}.",
  kfdefSkipped: "The folder {{folder}} already exists and was left as it is.",
} as const;

/** Heads of the columns. */
export const cliHead = {
  name: "NAME",
  component: "COMPONENT",
  state: "STATE",
  objects: "OBJECTS",
  workloads: "WORKLOADS",
  release: "RELEASE",
  context: "CONTEXT",
  folder: "FOLDER",
  server: "SERVER",
  file: "FILE",
  title: "TITLE",
  needs: "NEEDS",
  now: "NOW",
  pods: "PODS",
  source: "SOURCE",
} as const;

/** How a component is now. */
export const cliHealth = {
  ok: "works",
  progressing: "is starting",
  bad: "needs attention",
  unknown: "unknown",
} as const;

/** States, steps and kinds as words. */
export const cliState = {
  none: "not started",
  planned: "planned",
  running: "installing",
  interrupted: "interrupted",
  cancelled: "stopped",
  failed: "failed",
  installed: "installed",
  removing: "uninstalling",
  removed: "uninstalled",
} as const;

export const cliComponentState = {
  waiting: "waiting",
  applying: "applying",
  starting: "starting",
  ready: "ready",
  failed: "failed",
  removing: "removing",
  removed: "removed",
} as const;

export const cliStep = {
  sources: "getting the sources",
  build: "building",
  plan: "planning",
  apply: "applying",
  ready: "waiting until everything is ready",
  verify: "checking",
  undo: "removing",
} as const;

/** Where a release's sources come from. */
export const cliSource = {
  bundled: "bundled",
  mirror: "mirror",
  cache: "cache",
  download: "download",
} as const;
