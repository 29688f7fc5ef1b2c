import { useCallback, useState } from "react";
import type { ObjectTarget } from "../../../common/contract/index.ts";
import { plainTarget } from "../../state/object.ts";
import { ExplainPane } from "./ExplainPane.tsx";
import { ReadStage } from "./ReadStage.tsx";
import { ReviewStage } from "./ReviewStage.tsx";
import { sessionKey, useSessions } from "./sessions.ts";
import { useSchema } from "./use-schema.ts";
import { WriteStage } from "./WriteStage.tsx";
import "./YamlTab.css";
import { useStable } from "../../state/use-stable.ts";

/** One of reading, writing and reviewing; beside or below it the explanation of a field. */
export default function YamlPane({ target: given }: { target: ObjectTarget }) {
  const target = useStable(plainTarget(given));
  const key = sessionKey(target);
  const session = useSessions((state) => state.byKey[key]);
  const { schema } = useSchema(target);
  const [explained, setExplained] = useState<string[] | undefined>();
  const explain = useCallback((path: string[]) => setExplained(path), []);
  const shared = { target, schema, onExplain: explain };
  return (
    <div className="yaml-pane">
      <div className="yaml-panes">
        <div className="yaml-main">
          {session === undefined ? (
            <ReadStage {...shared} />
          ) : session.stage === "write" ? (
            <WriteStage {...shared} session={session} sessionId={key} />
          ) : (
            <ReviewStage session={session} sessionId={key} />
          )}
        </div>
        {explained ? (
          <ExplainPane target={target} path={explained} onPath={setExplained} onClose={() => setExplained(undefined)} />
        ) : null}
      </div>
    </div>
  );
}
