import { access } from "./access.ts";
import { actions } from "./actions.ts";
import { app } from "./app.ts";
import { browse } from "./browse.ts";
import { checks } from "./checks.ts";
import { contexts } from "./contexts.ts";
import { dock } from "./dock.ts";
import { forwards } from "./forwards.ts";
import { kfdef } from "./kfdef.ts";
import { kubeflow } from "./kubeflow.ts";
import { logs } from "./logs.ts";
import { object } from "./object.ts";
import { overview } from "./overview.ts";
import { people } from "./people.ts";
import { platforms } from "./platforms.ts";
import { profiles } from "./profiles.ts";
import { registries } from "./registries.ts";
import { terminal } from "./terminal.ts";
import { upgrade } from "./upgrade.ts";
import { wayIn } from "./way-in.ts";
import { yaml } from "./yaml.ts";

/** Every text of the app in English. */
export const en = {
  ...app,
  access,
  actions,
  browse,
  checks,
  contexts,
  dock,
  forwards,
  kfdef,
  kubeflow,
  logs,
  object,
  overview,
  people,
  platforms,
  profiles,
  registries,
  terminal,
  upgrade,
  wayIn,
  yaml,
};
