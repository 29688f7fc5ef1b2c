import { call } from "./call.ts";

/** What the backend has to say in Korean, by topic: each text has an id `topic.name` and names its values as `{{value}}`. */
export const messages = { call };
