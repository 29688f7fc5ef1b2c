import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { KindSchema } from "../../../common/contract/index.ts";
import { Field } from "../../ui/Field.tsx";
import { searchFields } from "./search-fields.ts";

/** Finds fields anywhere in the kind by their names. */
export function FieldSearch({ schema, onPath }: { schema: KindSchema; onPath: (path: string[]) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const found = useMemo(() => searchFields(schema, text), [schema, text]);
  return (
    <div className="explain-search">
      <Field label={t("yaml.searchFields")} type="search" mono value={text} onChange={setText} />
      {text.trim() === "" ? null : (
        <>
          <p className="explain-found" role="status">
            {t("yaml.found", { count: found.total })}
          </p>
          <ul>
            {found.paths.map((path) => (
              <li key={path.join(".")}>
                <button type="button" className="explain-name" onClick={() => onPath(path)}>
                  {path.join(".")}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
