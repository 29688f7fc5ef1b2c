/** What the contract's problem keys (contract/settings.ts) mean, for the command line; the page has its own words. */
export const settingsWords: Readonly<Record<string, string>> = {
  "name-empty": "Enter a name.",
  "name-long": "A name has at most 50 characters.",
  "name-start": "A name starts with a lowercase letter.",
  "name-characters": "A name has lowercase letters, digits and hyphens only.",
  "name-end": "A name ends with a letter or a digit.",
  "path-empty": "Enter a folder.",
  "path-relative": "Enter the folder as an absolute path.",
  "path-characters": "The folder's path contains a character that isn't allowed.",
  "path-parent": "The folder's path must not contain ..",
  "email-invalid": "This is not a valid email address.",
  "email-long": "An email address has at most 254 characters.",
  "password-empty": "The password is empty.",
  "password-short": "A password has at least 8 characters.",
  "password-long": "A password has at most 72 bytes (a bcrypt limit).",
  "password-public": "This is Kubeflow's well-known default password. Choose another.",
  "namespace-empty": "Enter the user's namespace.",
  "namespace-long": "A namespace has at most 63 characters.",
  "namespace-characters": "A namespace has lowercase letters, digits and hyphens only.",
  "namespace-reserved": "This namespace belongs to the cluster or to Kubeflow. Choose another.",
  "release-empty": "Enter a release.",
};

/** The option of `flowdeck install` that a setting comes from. */
const options: Readonly<Record<string, string>> = {
  name: "--name",
  baseDir: "--base-dir",
  email: "--email",
  userNamespace: "--user-namespace",
  release: "--release",
  components: "--components",
  password: "--password-stdin or --password-env",
};

export function settingsProblems(issues: readonly { path: readonly PropertyKey[]; message: string }[]): string {
  return issues
    .map((issue) => {
      const field = String(issue.path[0] ?? "");
      return `${options[field] ?? field}: ${settingsWords[issue.message] ?? issue.message}`;
    })
    .join("\n");
}
