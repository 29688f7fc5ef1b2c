import type { Feature } from "../../state/contributions.tsx";
import { formatRoute, go } from "../../state/route.ts";
import { ShieldCheck } from "../../ui/icons.ts";
import { Access } from "./Access.tsx";
import { hasRules, RulesTab } from "./RulesTab.tsx";

export const access: Feature = {
  routes: { access: ({ route }) => <Access tab={route.tab} /> },
  rail: [
    {
      places: ["access"],
      order: 50,
      icon: <ShieldCheck aria-hidden />,
      label: (t) => t("browse.rail.access"),
      href: () => formatRoute({ place: "access" }),
    },
  ],
  commands: [
    (t) => [
      {
        id: "go:access",
        title: t("access.title"),
        group: "go",
        unavailable: undefined,
        run: () => go({ place: "access" }),
      },
    ],
  ],
  objectTabs: [{ id: "rules", order: 70, Content: RulesTab, when: hasRules }],
};
