/** An installation's folder, what may be done in it, and work that is under way. */
export const installation = {
  continueRemoval_one: "Continuing in {{folder}} deletes {{count}} object of {{release}}.",
  continueRemoval_other: "Continuing in {{folder}} deletes {{count}} objects of {{release}}.",
  continueRemovalData_one:
    "Continuing in {{folder}} deletes {{count}} object of {{release}}, including users' data: profiles, their namespaces and volume claims.",
  continueRemovalData_other:
    "Continuing in {{folder}} deletes {{count}} objects of {{release}}, including users' data: profiles, their namespaces and volume claims.",
  continueRemovalAdvice:
    "The journal in the folder says that uninstalling was started in {{context}}. If this is what you want, uninstall it, or confirm it ({{flags}}).",
  notFromHere: "{{folder}} was not installed from this computer.",
  notFromHereAdvice:
    "Its flowdeck.yaml names the installation {{id}}, and everything that belongs to it in the cluster would be deleted, whoever installed it. If this is what you want, confirm its ID (--installation {{id}}).",
  idOfAnother: "flowdeck.yaml in {{folder}} has the ID of another installation.",
  idOfAnotherAdvice:
    "It is the ID of {{other}}. If this folder is a copy, delete flowdeck.yaml and the folder .flowdeck from it; it then becomes a separate installation.",
  folderInUse: "{{folder}} is in use by {{who}}.",
  anotherProcess: "another process",
  process: "process {{pid}}",
  processOn: "process {{pid}} on {{host}}",
  folderInUseAdvice: "Wait until it is done, or stop it there; then try again.",
  secretsUnreadable: "The secrets of this installation can't be read: {{file}}.",
  systemSays: "The system reports {{code}}. Check who owns the file.",
  noCode: "no code",
  secretsDamaged: "The secrets of this installation are damaged: {{file}}.",
  secretsDamagedAdvice: "Delete the file: new secrets are generated, and you have to choose the password again.",
  journalLine: "Line {{line}} of {{file}} is not an entry of Flowdeck's journal.",
  journalLineAdvice:
    "It may be damaged, or written by a later version of Flowdeck. Restore it from a copy, or move it away to start over.",
  otherCluster: "{{folder}} belongs to another cluster: {{context}} at {{server}}.",
  otherClusterAdvice: "Choose that cluster's context, or choose another name for an installation on this one.",
  otherName: "cluster name doesn't match: KfDef({{applied}}) v.s. current-context({{current}})",
  noName:
    "The KfDef does not say which cluster it was applied to. If it is this one, force its deletion (--force-deletion).",
  otherNameAdvice:
    "Choose the cluster it was applied to. If it is this one under another name, force its deletion (--force-deletion).",
  noFolder: "{{folder}} is not an installation folder.",
  noNameYet: "The installation has no name yet.",
  nothingBegun: "{{folder}} has nothing to continue.",
  removedAlready: "The installation in {{folder}} is already uninstalled.",
  busy: "{{folder}} already has an operation in progress.",
  busyAdvice: "Wait until it is done, or stop it.",
  noPassword: "This installation has no sign-in password yet.",
  noPasswordAdvice: "Choose one. Only its bcrypt hash is stored, in Flowdeck's data folder.",
  leaseLost: "This operation lost its lock on the cluster.",
  leaseLostAdvice:
    "The Lease {{lease}} was deleted while the operation was running. Check whether another one is in progress, then continue.",
  clusterInstalling: "This cluster is busy: {{folder}} on {{host}} has been installing since {{since}}.",
  clusterRemoving: "This cluster is busy: {{folder}} on {{host}} has been uninstalling since {{since}}.",
  clusterBusyAdvice:
    "Wait until that has finished, or stop it there. If that program was killed, its lock on the cluster (Lease {{lease}}) expires within a minute; then try again.",
} as const;
