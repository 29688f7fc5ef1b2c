/**
 * The namespace suggested for a user: `kubeflow-` and the e-mail with everything but letters and digits as hyphens, as
 * Kubeflow's own example does (user@example.com → kubeflow-user-example-com); at most 63 characters, a DNS label.
 */
export function deriveNamespace(email: string): string {
  const label = email
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return label === "" ? "" : `kubeflow-${label}`.slice(0, 63).replace(/-+$/, "");
}
