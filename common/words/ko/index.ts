import { access } from "./access.ts";
import { actions } from "./actions.ts";
import { app } from "./app.ts";
import { browse } from "./browse.ts";
import { contexts } from "./contexts.ts";
import { forwards } from "./forwards.ts";
import { kfdef } from "./kfdef.ts";
import { logs } from "./logs.ts";
import { object } from "./object.ts";
import { pulse } from "./pulse.ts";
import { shells } from "./shells.ts";
import { yaml } from "./yaml.ts";

/** Every text of the app in Korean. */
export const ko = {
  ...app,
  access,
  actions,
  browse,
  contexts,
  forwards,
  kfdef,
  logs,
  object,
  pulse,
  shells,
  yaml,
};
