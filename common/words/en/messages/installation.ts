/** An installation's folder, what may be done in it, and work that is under way. */
export const installation = {
  continueRemoval_one: "To continue in {{folder}} is to remove {{count}} object of {{release}}.",
  continueRemoval_other: "To continue in {{folder}} is to remove {{count}} objects of {{release}}.",
  continueRemovalData_one:
    "To continue in {{folder}} is to remove {{count}} object of {{release}}, and users' data with them: profiles, their namespaces, volume claims.",
  continueRemovalData_other:
    "To continue in {{folder}} is to remove {{count}} objects of {{release}}, and users' data with them: profiles, their namespaces, volume claims.",
  continueRemovalAdvice:
    "The journal in the folder says that this was begun in {{context}}. If it is what you want, uninstall it, or confirm it ({{flags}}).",
  notFromHere: "{{folder}} was not installed from this computer.",
  notFromHereAdvice:
    "Its flowdeck.yaml names the installation {{id}}, and everything of that in the cluster would go, whoever put it there. If that is what you want, confirm its id (--installation {{id}}).",
  idOfAnother: "flowdeck.yaml in {{folder}} has the id of another installation.",
  idOfAnotherAdvice:
    "It is that of {{other}}. If this one is a copy, remove flowdeck.yaml and the folder .flowdeck from it; then it becomes an installation of its own.",
  folderInUse: "{{folder}} is being worked on by {{who}}.",
  anotherProcess: "another process",
  process: "process {{pid}}",
  processOn: "process {{pid}} on {{host}}",
  folderInUseAdvice: "Wait until it is done, or end it there; then try again.",
  secretsUnreadable: "The secrets of this installation cannot be read: {{file}}.",
  systemSays: "The system says {{code}}. Check who owns the file.",
  noCode: "no more",
  secretsDamaged: "The secrets of this installation are damaged: {{file}}.",
  secretsDamagedAdvice: "Remove the file: new secrets are made, and the password has to be chosen again.",
  journalLine: "Line {{line}} of {{file}} is not an entry of Flowdeck's journal.",
  journalLineAdvice:
    "It may be damaged, or written by a later version of Flowdeck. Restore it from a copy, or move it away to start anew.",
  otherCluster: "{{folder}} belongs to another cluster: {{context}} at {{server}}.",
  otherClusterAdvice: "Choose that cluster's context, or another name for an installation on this one.",
  otherName: "cluster name doesn't match: KfDef({{applied}}) v.s. current-context({{current}})",
  noName:
    "The KfDef does not say on which cluster it was applied. If it is this one, delete it by force (--force-deletion).",
  otherNameAdvice:
    "Choose the cluster it was applied to. If it is this one under another name, delete it by force (--force-deletion).",
  noFolder: "{{folder}} is not the folder of an installation.",
  noNameYet: "The installation has no name yet.",
  nothingBegun: "Nothing was begun in {{folder}} that could be continued.",
  removedAlready: "The installation in {{folder}} is removed already.",
  busy: "{{folder}} is being worked on already.",
  busyAdvice: "Wait until it is done, or cancel it.",
  noPassword: "This installation has no password for signing in yet.",
  noPasswordAdvice: "Choose one; only its bcrypt hash is kept, in Flowdeck's data folder.",
  leaseLost: "Somebody took this operation's hold on the cluster away.",
  leaseLostAdvice:
    "The Lease {{lease}} was deleted while the operation ran. Look whether another one is under way, then continue.",
  clusterInstalling: "This cluster is being worked on: {{folder}} on {{host}} is being installed, since {{since}}.",
  clusterRemoving: "This cluster is being worked on: {{folder}} on {{host}} is being removed, since {{since}}.",
  clusterBusyAdvice:
    "Wait until that has ended, or cancel it there. If that program was killed, its hold on the cluster (Lease {{lease}}) expires within a minute; then try again.",
} as const;
