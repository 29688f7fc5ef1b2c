import type { Feature } from "../../state/contributions.tsx";
import { openCreate, yamlCommands } from "./dialogs.ts";
import { wantEdit } from "./sessions.ts";
import { YamlDialogs } from "./YamlDialogs.tsx";
import { YamlTab } from "./YamlTab.tsx";

export const yaml: Feature = {
  commands: [yamlCommands],
  dialogs: { YamlDialogs },
  objectTabs: [{ id: "yaml", order: 20, Content: YamlTab }],
  services: { objectText: { edit: wantEdit, create: openCreate } },
};
