import { useEffect, useMemo, useState } from "react";
import type { ContextId, ObjectTarget, ResourceInfo } from "../../../common/contract/index.ts";
import { useSelections } from "../../state/browse.ts";
import { registerCommands } from "../../state/command-registry.ts";
import type { BrowsePlace } from "../../state/route.ts";
import { aboutKeys, noSelection, parseKey } from "../../state/selection.ts";
import { useObjectActions } from "../../state/use-object-actions.ts";

/** How long the focus rests on a row before it is asked what may be done to it. */
const restMs = 150;

interface ActionCommandsProps {
  table: string;
  info: ResourceInfo;
  place: BrowsePlace;
  context: ContextId;
}

/** Puts the actions of the rows that are meant (or of the object in the pane, when the focus is there) among the commands. */
export function ActionCommands({ table, info, place, context }: ActionCommandsProps) {
  const selection = useSelections((state) => state[table]) ?? noSelection;
  const inPane = useFocusInPane();
  const keys = useRested(JSON.stringify(aboutKeys(selection).slice(0, 500)));
  const objectKey = inPane && place.object ? JSON.stringify(place.object) : undefined;
  const { group, version, plural, kind } = info;
  const targets = useMemo((): ObjectTarget[] => {
    const resource = { context, group, version, plural, kind };
    if (objectKey !== undefined) return [{ ...resource, ...(JSON.parse(objectKey) as { name: string }) }];
    return (JSON.parse(keys) as string[]).map((key) => ({ ...resource, ...parseKey(key) }));
  }, [context, group, version, plural, kind, objectKey, keys]);
  return targets.length > 0 ? <Registered targets={targets} /> : null;
}

function Registered({ targets }: { targets: ObjectTarget[] }) {
  const actions = useObjectActions(targets);
  const [only] = targets;
  const note = targets.length === 1 ? only?.name : `${targets.length} × ${only?.kind}`;
  useEffect(
    () =>
      registerCommands(() =>
        actions.map(({ id, title, keys, unavailable, run }) => ({
          id,
          title,
          group: "object" as const,
          scope: "table" as const,
          unavailable,
          run,
          ...(keys === undefined ? {} : { keys }),
          ...(note === undefined ? {} : { note }),
        })),
      ),
    [actions, note],
  );
  return null;
}

/** The value once it has not changed for a moment. */
function useRested(value: string): string {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), restMs);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}

function useFocusInPane(): boolean {
  const [inside, setInside] = useState(false);
  useEffect(() => {
    const follow = (event: FocusEvent) => {
      if (!(event.target instanceof Element)) return;
      if (event.target.closest(".object-side")) setInside(true);
      else if (event.target.closest(".list")) setInside(false);
    };
    document.addEventListener("focusin", follow);
    return () => document.removeEventListener("focusin", follow);
  }, []);
  return inside;
}
