import type { ExecPlugin } from "./context.ts";

/**
 * Variables that make a program, or a shell or interpreter that it starts, run other code than its own. A kubeconfig
 * may not set them.
 */
const loadsCode =
  /^(LD_.*|DYLD_.*|GCONV_PATH|NODE_(OPTIONS|PATH)|ELECTRON_.*|BASH_(ENV|FUNC_.*)|ENV|SHELLOPTS|BASHOPTS|PS4|PROMPT_COMMAND|ZDOTDIR|PERL5(LIB|OPT|DB)|PERLLIB|PYTHON(PATH|STARTUP|HOME|INSPECT|BREAKPOINT|USERBASE|EXECUTABLE|WARNINGS)|RUBY(LIB|OPT)|GEM_(PATH|HOME)|_?JAVA_(TOOL_)?OPTIONS|JDK_JAVA_OPTIONS|CLASSPATH)$/i;

/** The variables that a credential program is given, wherever it is run: by us, and by kubectl in a terminal. */
export function execEnvironment({ env }: ExecPlugin): ExecPlugin["env"] {
  return env.filter(({ name }) => !loadsCode.test(name));
}
