/** What is wrong with a plugin of a KfDef. */
export const plugin = {
  unknown: "The plugin {{kind}} is not supported and changes nothing.",
  moreAuths: "There is more than one sign-in method ({{parts}}): keep one.",
  secretUndeclared: 'There is no secret "{{name}}" under spec.secrets: its value must be provided when installing.',
  fieldMissing: "{{field}} is missing: {{kind}} requires it here.",
  exampleValue: "This is the example value: replace it with your own.",
  mustBeList: "This must be a list of strings.",
  mustBeSwitch: "This must be true or false.",
  mustBeNumber: "This must be a number.",
  mustBeSecret: "This must be the name of a secret (name: …).",
  mustBeText: "This must be a string.",
  mustBeFields: "This must be a mapping (name: value).",
  noField: "{{kind}} has no field {{path}}.",
  secretField: "{{path}} is a secret: its value is provided when installing.",
  noAuth: "{{kind}} does not support signing in with {{auth}}.",
  cloudNotAsked: "{{kind}}: its changes to the applications are made, but the cloud itself is not called.",
  // Files for the clouds' own tools
  filesWait: "`{{folder}}` is not written yet: the plugin {{kind}} lacks {{fields}}.",
  filesWaitAdvice: "Set these fields of the plugin: {{fields}}.",
  filesNoTemplate:
    "`{{folder}}` is not written: the repo “{{repo}}” has no usable `{{path}}`, from which the plugin {{kind}} makes a file.",
  filesNoTemplateAdvice:
    "The applications are installed anyway. If you need the files, correct the repo or the path of the plugin.",
  fileTemplate: "A template that the other files use.",
  fileGkeCluster: "The GKE cluster with its node pools, for Google's Deployment Manager.",
  fileStorage: "The disks of Pipelines and of the metadata store, for Google's Deployment Manager.",
  fileBindings:
    "The roles that the service accounts and the installing account get; one command for each member and role.",
  fileEksCluster: "The EKS cluster with its node group, for eksctl.",
  fileFeatures: "What kfctl itself would set up in AWS. No other tool reads this file.",
  filePolicyAlb: "The permissions that the nodes' role needs for load balancers.",
  filePolicyFsx: "The permissions that the nodes' role needs for FSx volumes.",
  filePolicyLogs: "The permissions that the nodes' role needs to send logs to CloudWatch.",
  filePolicyProfiles: "The permissions that the profile controller needs to give profiles their roles.",
  // Google Cloud
  projectNeeded: "The ID of the Google Cloud project is required.",
  projectBad: "This is not the ID of a Google Cloud project.",
  emailNeeded: "The email address of the account that installs is required.",
  emailBad: "This is not an email address.",
  zoneNeeded: "The zone of the cluster is required (us-east1-c).",
  zoneBad: "This is not a Google Cloud zone (us-east1-c).",
  hostnameLong: "It is longer than 63 characters: shorten metadata.name.",
  // Amazon Web Services
  regionNeeded: "The AWS region of the cluster is required (us-west-2).",
  regionBad: "This is not an AWS region (us-west-2).",
  arnNeeded: "An ARN is required (arn:aws:{{service}}:region:account:…).",
  addressNeeded: "An address that starts with https:// is required.",
} as const;
