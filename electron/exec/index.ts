export { type Channels, openChannels } from "./channels.ts";
export { type CommandStatus, isMissingProgram } from "./frames.ts";
export { type CommandEnd, type PodCommand, type PodProcess, runInPod, startInPod } from "./pod-process.ts";
