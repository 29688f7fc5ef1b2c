/** Sites that the app's own texts lead to; a page can have nothing else opened in the user's browser. */
const sites = [
  "kubeflow.org",
  "kubernetes.io",
  "github.com",
  "go.dev",
  "istio.io",
  "cert-manager.io",
  "knative.dev",
  "dexidp.io",
  "nodejs.org",
];

/**
 * Whether an address may be handed to the user's browser.
 * @param isOwnAddress tells the loopback addresses that the app itself forwards to (an opened dashboard)
 */
export function mayOpenExternally(address: string, isOwnAddress: (url: URL) => boolean): boolean {
  const url = URL.parse(address);
  if (url === null || url.username !== "" || url.password !== "") return false;
  if (url.protocol === "https:")
    return sites.some((site) => url.hostname === site || url.hostname.endsWith(`.${site}`));
  return url.protocol === "http:" && url.hostname === "127.0.0.1" && isOwnAddress(url);
}
