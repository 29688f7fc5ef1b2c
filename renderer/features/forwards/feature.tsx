import type { Feature } from "../../state/contributions.tsx";
import { formatRoute, go } from "../../state/route.ts";
import { ArrowLeftRight } from "../../ui/icons.ts";
import { Forwards } from "./Forwards.tsx";
import { StartDialog } from "./StartDialog.tsx";

export const forwards: Feature = {
  routes: { forwards: Forwards },
  rail: [
    {
      places: ["forwards"],
      order: 40,
      icon: <ArrowLeftRight aria-hidden />,
      label: (t) => t("browse.rail.forwards"),
      href: () => formatRoute({ place: "forwards" }),
    },
  ],
  commands: [
    (t) => [
      {
        id: "go:forwards",
        title: t("forwards.list"),
        group: "go",
        unavailable: undefined,
        run: () => go({ place: "forwards" }),
      },
    ],
  ],
  dialogs: { StartDialog },
};
