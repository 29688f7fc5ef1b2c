import { lazy, Suspense } from "react";
import { useBrowse } from "../../state/browse.ts";
import type { Feature } from "../../state/contributions.tsx";
import { formatRoute, go, useRoute } from "../../state/route.ts";
import { UsersRound } from "../../ui/icons.ts";

import { profileKeys } from "./profile-keys.ts";

const Profiles = lazy(async () => ({ default: (await import("./Profiles.tsx")).Profiles }));

/** Whether the cluster that is looked at serves Kubeflow's profiles, or the place is open. */
function useProfilesServed(): boolean {
  const open = useRoute((state) => state.route.place === "profiles");
  const served = useBrowse((state) =>
    state.kinds?.some(({ group, kind }) => group === "kubeflow.org" && kind === "Profile"),
  );
  return open || served === true;
}

export const profiles: Feature = {
  routes: {
    profiles: ({ route }) => (
      <Suspense fallback={null}>
        <Profiles selected={route.profile} />
      </Suspense>
    ),
  },
  keys: [
    (t) => ({ title: t("profiles.title"), keys: profileKeys.map(({ key, id }) => [key, t(`profiles.keys.${id}`)]) }),
  ],
  rail: [
    {
      places: ["profiles"],
      order: 35,
      icon: <UsersRound aria-hidden />,
      label: (t) => t("profiles.rail"),
      href: () => formatRoute({ place: "profiles" }),
      useShown: useProfilesServed,
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
