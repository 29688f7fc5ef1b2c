/** Tokens for programs that use Kubeflow. */
export const sdkToken = {
  badProfile: "“{{profile}}” can't be the name of a profile.",
  noAnswer: "The API server returned no token for the profile {{profile}}.",
  forbidden: "You don't have permission to create tokens in the namespace {{profile}}.",
  forbiddenWay:
    "Ask an administrator for the permission to create serviceaccounts/token in the namespace {{profile}}, or for the token.",
  noAccount: "The namespace {{profile}} has no service account {{account}}.",
  noAccountWay: "Check the profile's name. The account is created with the profile.",
  byGateway: "Kubeflow's gateway accepts this token.",
  byPipelines:
    "Kubeflow's gateway doesn't accept tokens of this cluster, so the program connects to Pipelines through a port forward.",
  sooner: "The API server limits how long tokens are valid: it expires earlier than requested.",
  keep: "Whoever has the file can run pipelines as this account until the token expires. A token can't be withdrawn earlier.",
} as const;
