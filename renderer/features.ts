import { access } from "./features/access/feature.tsx";
import { actions } from "./features/actions/feature.tsx";
import { browse } from "./features/browse/feature.tsx";
import { contexts } from "./features/contexts/feature.tsx";
import { forwards } from "./features/forwards/feature.tsx";
import { home } from "./features/home/feature.tsx";
import { kubeflow } from "./features/kubeflow/feature.tsx";
import { logs } from "./features/logs/feature.tsx";
import { object } from "./features/object/feature.tsx";
import { overview } from "./features/overview/feature.tsx";
import { profiles } from "./features/profiles/feature.tsx";
import { terminal } from "./features/terminal/feature.tsx";
import { wizard } from "./features/wizard/feature.tsx";
import { yaml } from "./features/yaml/feature.tsx";
import type { Feature } from "./state/contributions.tsx";

/** Everything the page offers, a line each. Commands are listed, and the top bar is filled, in this order. */
export const features: readonly Feature[] = [
  contexts,
  browse,
  home,
  wizard,
  kubeflow,
  forwards,
  profiles,
  access,
  overview,
  object,
  actions,
  yaml,
  logs,
  terminal,
];
