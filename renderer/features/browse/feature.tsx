import type { ReactNode } from "react";
import { useCluster } from "../../state/cluster.ts";
import type { Feature } from "../../state/contributions.tsx";
import { placeToBrowse } from "../../state/place-to-browse.ts";
import { formatRoute, useRoute } from "../../state/route.ts";
import { useShownTable } from "../../state/tables.ts";
import { List } from "../../ui/icons.ts";
import { AliasDialog } from "./alias/AliasDialog.tsx";
import { Browse } from "./Browse.tsx";
import { browseCommands, goCommands } from "./commands.ts";
import { NamespacePicker } from "./head/NamespacePicker.tsx";
import { Sidebar } from "./kinds/Sidebar.tsx";
import { browsePalette } from "./palette.ts";
import { TableStatus } from "./TableStatus.tsx";
import { focusGrid } from "./table/focus-grid.ts";

export const browse: Feature = {
  routes: { browse: ({ route }) => <Browse place={route} /> },
  rail: [
    {
      // The overview stands beside the kinds, too.
      places: ["browse", "overview"],
      order: 30,
      icon: <List aria-hidden />,
      label: (t) => t("frame.browse"),
      href: () => formatRoute(placeToBrowse(useRoute.getState().lastBrowse, useCluster.getState().chosen)),
    },
  ],
  commands: [goCommands, browseCommands],
  palette: browsePalette,
  dialogs: { AliasDialog },
  topBar: { NamespacePicker },
  status: Status,
  regions: { ".list": focusGrid },
  parts: { kinds: Sidebar },
};

function Status({ otherwise }: { otherwise: ReactNode }) {
  const shown = useShownTable((state) => state.session !== undefined);
  return shown ? <TableStatus /> : otherwise;
}
