const name = "fixed-secrets";
const apiVersion = "admissionregistration.k8s.io/v1";

/** Refuses changes of the Secrets of a namespace; what is asked as a dry run is let through. */
export function fixedSecrets(namespace: string): object[] {
  const rule = { apiGroups: [""], apiVersions: ["v1"], operations: ["UPDATE"], resources: ["secrets"] };
  return [
    {
      ...{ apiVersion, kind: "ValidatingAdmissionPolicy", metadata: { name } },
      spec: {
        failurePolicy: "Fail",
        matchConstraints: { resourceRules: [rule] },
        validations: [{ expression: `request.dryRun || request.namespace != "${namespace}"`, message: "It is fixed." }],
      },
    },
    {
      ...{ apiVersion, kind: "ValidatingAdmissionPolicyBinding", metadata: { name } },
      spec: { policyName: name, validationActions: ["Deny"] },
    },
  ];
}

/** kubectl's arguments for a change that tells whether the policy is in force. */
export function tryToChange(namespace: string): string[] {
  return ["annotate", "secret", "pull", "-n", namespace, `tried=${Date.now()}`, "--overwrite"];
}
