/** PodDefaults: what pods of a namespace get that ask for it by a label. */
export const podDefault = {
  notServed: "This cluster has no PodDefaults: Kubeflow's PodDefaults webhook is not installed.",
  name: "“{{name}}” can't be a PodDefault's name.",
  nameWay: "Use up to 63 lowercase letters, digits, and hyphens. It also becomes the label that pods ask for it by.",
  noVariables: "There are no variables. Write one line for each: NAME=value.",
  variable: "Line {{line}} is not of the form NAME=value.",
  noSecret: "There is no Secret {{secret}} in {{namespace}}.",
  noSecretWay: "Create the Secret first: a pod that is given one that doesn't exist can't start.",
  secretName: "“{{secret}}” can't be a Secret's name.",
  path: "“{{path}}” is not a folder to put files in. Enter a path such as /etc/credentials.",
  missing: "There is no PodDefault {{name}} in {{namespace}}.",
} as const;
