/** Whether a URL leads to this machine: nothing travels there, and no proxy of the environment stands before it. */
export function isLoopback(server: string): boolean {
  const host = URL.canParse(server) ? new URL(server).hostname : "";
  return host === "localhost" || host === "[::1]" || /^127\./.test(host);
}
