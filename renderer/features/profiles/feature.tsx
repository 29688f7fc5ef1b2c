import { lazy, Suspense } from "react";
import { useBrowse } from "../../state/browse.ts";
import type { Feature } from "../../state/contributions.tsx";
import { formatRoute, go } from "../../state/route.ts";
import { UsersRound } from "../../ui/icons.ts";

const Profiles = lazy(async () => ({ default: (await import("./Profiles.tsx")).Profiles }));

/** Whether the cluster that is looked at serves Kubeflow's profiles. */
const served = () =>
  useBrowse.getState().kinds?.some(({ group, kind }) => group === "kubeflow.org" && kind === "Profile") ?? false;

export const profiles: Feature = {
  routes: {
    profiles: ({ route }) => (
      <Suspense fallback={null}>
        <Profiles selected={route.profile} />
      </Suspense>
    ),
  },
  rail: [
    {
      places: ["profiles"],
      order: 35,
      icon: <UsersRound aria-hidden />,
      label: (t) => t("profiles.rail"),
      href: () => formatRoute({ place: "profiles" }),
      when: served,
    },
  ],
  commands: [
    (t) => [
      {
        id: "go:profiles",
        title: t("profiles.title"),
        group: "go",
        unavailable: undefined,
        run: () => go({ place: "profiles" }),
      },
    ],
  ],
};
