/** The words of both languages: the shell and the wizard in one file, each place of the browser in its own. */

import enAccess from "./en/access.json" with { type: "json" };
import enActions from "./en/actions.json" with { type: "json" };
import enBrowse from "./en/browse.json" with { type: "json" };
import enContexts from "./en/contexts.json" with { type: "json" };
import enForwards from "./en/forwards.json" with { type: "json" };
import enKfdef from "./en/kfdef.json" with { type: "json" };
import enLogs from "./en/logs.json" with { type: "json" };
import enObject from "./en/object.json" with { type: "json" };
import enPulse from "./en/pulse.json" with { type: "json" };
import enShells from "./en/shells.json" with { type: "json" };
import enYaml from "./en/yaml.json" with { type: "json" };
import enCore from "./en.json" with { type: "json" };
import koAccess from "./ko/access.json" with { type: "json" };
import koActions from "./ko/actions.json" with { type: "json" };
import koBrowse from "./ko/browse.json" with { type: "json" };
import koContexts from "./ko/contexts.json" with { type: "json" };
import koForwards from "./ko/forwards.json" with { type: "json" };
import koKfdef from "./ko/kfdef.json" with { type: "json" };
import koLogs from "./ko/logs.json" with { type: "json" };
import koObject from "./ko/object.json" with { type: "json" };
import koPulse from "./ko/pulse.json" with { type: "json" };
import koShells from "./ko/shells.json" with { type: "json" };
import koYaml from "./ko/yaml.json" with { type: "json" };
import koCore from "./ko.json" with { type: "json" };

export const en = {
  ...enCore,
  access: enAccess,
  actions: enActions,
  browse: enBrowse,
  contexts: enContexts,
  forwards: enForwards,
  kfdef: enKfdef,
  logs: enLogs,
  object: enObject,
  pulse: enPulse,
  shells: enShells,
  yaml: enYaml,
};

export const ko = {
  ...koCore,
  access: koAccess,
  actions: koActions,
  browse: koBrowse,
  contexts: koContexts,
  forwards: koForwards,
  kfdef: koKfdef,
  logs: koLogs,
  object: koObject,
  pulse: koPulse,
  shells: koShells,
  yaml: koYaml,
};
