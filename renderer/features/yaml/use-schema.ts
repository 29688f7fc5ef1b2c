import { useEffect, useState } from "react";
import type { AppError, ContextId, KindSchema } from "../../../common/contract/index.ts";
import { client, settle } from "../../state/client.ts";

export interface SchemaOf {
  context: ContextId;
  group: string;
  version: string;
  kind: string;
}

interface Loaded {
  schema: KindSchema | undefined;
  error: AppError | undefined;
}

const nothing: Loaded = { schema: undefined, error: undefined };
/** A definition may be changed while the page is open: read anew after a while. */
const keptForMs = 60_000;
const kept = new Map<string, { at: number; loading: Promise<Loaded> }>();

function load(key: string): Promise<Loaded> {
  const known = kept.get(key);
  if (known && Date.now() - known.at < keptForMs) return known.loading;
  const loading = settle(client().call("schema.get", JSON.parse(key) as SchemaOf)).then((answer): Loaded => {
    if (answer.ok) return { schema: answer.value, error: undefined };
    kept.delete(key);
    return { schema: undefined, error: answer.error };
  });
  kept.set(key, { at: Date.now(), loading });
  return loading;
}

/** A kind's schema from the cluster, once it is there; `undefined` asks for nothing. */
export function useSchema(of: SchemaOf | undefined): Loaded {
  const key =
    of === undefined
      ? undefined
      : JSON.stringify({ context: of.context, group: of.group, version: of.version, kind: of.kind });
  const [loaded, setLoaded] = useState<{ key: string; value: Loaded } | undefined>();
  useEffect(() => {
    if (key === undefined) return;
    let left = false;
    load(key).then(
      (value) => left || setLoaded({ key, value }),
      () => undefined, // settle has made it a value
    );
    return () => {
      left = true;
    };
  }, [key]);
  return loaded !== undefined && loaded.key === key ? loaded.value : nothing;
}
