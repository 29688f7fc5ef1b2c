import { PracticeNote } from "../../state/connected/PracticeNote.tsx";
import type { Feature } from "../../state/contributions.tsx";
import { formatRoute, go } from "../../state/route.ts";
import { House } from "../../ui/icons.ts";
import { Home } from "./Home.tsx";

export const home: Feature = {
  routes: { home: Home },
  placeNotes: { home: PracticeNote },
  rail: [
    {
      places: ["home"],
      order: 10,
      icon: <House aria-hidden />,
      label: (t) => t("frame.home"),
      href: () => formatRoute({ place: "home" }),
    },
  ],
  commands: [
    (t) => [
      {
        id: "go.home",
        title: t("command.home"),
        group: "go",
        unavailable: undefined,
        run: () => go({ place: "home" }),
      },
    ],
  ],
};
