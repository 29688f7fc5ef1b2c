/** Variables that would have a child load code of someone else's choosing, or speak to our own parent. */
const unwanted = /^(LD_PRELOAD|LD_AUDIT|LD_LIBRARY_PATH|DYLD_.*|NODE_OPTIONS|NODE_CHANNEL_.*|ELECTRON_RUN_AS_NODE)$/;

export function childEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !unwanted.test(name)));
}
