/**
 * The address that kubectl makes of a cluster's `server` (k8s.io/client-go/rest/url_utils.go): without a scheme http is
 * meant, a query goes. Without the slashes at its end. Undefined where kubectl makes nothing of it, or nothing it can speak.
 */
export function serverAddress(written: string): string | undefined {
  const [, scheme, rest] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#].*)$/i.exec(written) ?? [];
  if (scheme === undefined && /^[^/]*\/./.test(written)) return undefined; // a path without a scheme
  const address = scheme === undefined ? `http://${written}` : `${scheme.toLowerCase()}://${rest}`;
  if (!/^https?:/.test(address)) return undefined;
  // What a browser's reader of addresses mends silently, Go's refuses.
  if (/[\s\\<>"^`{|}]/.test(address) || /^https?:\/\/\//.test(address) || !URL.canParse(address)) return undefined;
  return address.replace(/[?#].*$/, "").replace(/\/+$/, "");
}
