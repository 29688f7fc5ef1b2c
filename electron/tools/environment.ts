/** What changes how any program loads or runs; a child must not inherit it from whoever started the app. */
const dropped =
  /^(LD_.*|DYLD_.*|NODE_OPTIONS|NODE_PATH|NODE_EXTRA_CA_CERTS|ELECTRON_.*|PYTHON(PATH|STARTUP|HOME)|PERL5(LIB|OPT)|RUBY(LIB|OPT)|BASH_ENV|ENV|GODEBUG|KUBECTL_.*|KUSTOMIZE_.*)$/i;

const loopback = ["127.0.0.1", "localhost", "::1"];

/** A copy of `from` fit for child processes: nothing that alters how they load, and no proxy between loopback addresses. */
export function cleanEnvironment(from: NodeJS.ProcessEnv, extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  const clean: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(from)) if (value !== undefined && !dropped.test(name)) clean[name] = value;
  const direct = new Set([...(from.NO_PROXY || from.no_proxy || "").split(",").filter(Boolean), ...loopback]);
  clean.NO_PROXY = clean.no_proxy = [...direct].join(",");
  return { ...clean, ...extra };
}
