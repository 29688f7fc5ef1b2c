import { type Message, message } from "../../../common/words/index.ts";

/** That an application can't be built, and why. */
export function cannotBuild(application: string, because: Message): Message {
  return message("kfBuild.cannot", { application, because });
}
