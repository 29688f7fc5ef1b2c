import { lazy, Suspense } from "react";
import type { Feature } from "../../state/contributions.tsx";
import { formatRoute, go } from "../../state/route.ts";
import { Boxes } from "../../ui/icons.ts";
import { useExpiryNote } from "./address/use-expiries.ts";
import { placeKeys } from "./place-keys.ts";
import { setSignInOpen } from "./sign-in/open-sign-in.ts";
import { useKubeflowThere } from "./use-kubeflow-there.ts";

const KubeflowPlace = lazy(async () => ({ default: (await import("./KubeflowPlace.tsx")).KubeflowPlace }));

const ConnectorForm = lazy(async () => ({ default: (await import("./sign-in/ConnectorForm.tsx")).ConnectorForm }));

export const kubeflow: Feature = {
  parts: {
    connectorForm: (props) => (
      <Suspense>
        <ConnectorForm {...props} />
      </Suspense>
    ),
  },
  routes: {
    kubeflow: ({ route }) => (
      <Suspense>
        <KubeflowPlace upgrade={route.upgrade} />
      </Suspense>
    ),
  },
  keys: [
    (t) => ({ title: t("kubeflow.title"), keys: placeKeys.map(({ key, id }) => [key, t(`kubeflow.keys.${id}`)]) }),
  ],
  rail: [
    {
      places: ["kubeflow"],
      order: 25,
      icon: <Boxes aria-hidden />,
      label: (t) => t("kubeflow.title"),
      href: () => formatRoute({ place: "kubeflow" }),
      useShown: useKubeflowThere,
      useNote: useExpiryNote,
    },
  ],
  commands: [
    (t) => [
      {
        id: "go:kubeflow",
        title: t("kubeflow.go"),
        group: "go",
        unavailable: undefined,
        run: () => go({ place: "kubeflow" }),
      },
      {
        id: "kubeflow:sign-in",
        title: t("people.title"),
        group: "go",
        unavailable: undefined,
        run: () => {
          setSignInOpen(true);
          go({ place: "kubeflow" });
        },
      },
    ],
  ],
};
