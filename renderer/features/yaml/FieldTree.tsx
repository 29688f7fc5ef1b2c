import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { KindSchema, SchemaNode } from "../../../common/contract/index.ts";
import { ChevronRight } from "../../ui/icons.ts";
import { type ExplainedField, fieldsOf } from "../../ui/yaml/schema.ts";

export interface FieldTreeProps {
  schema: KindSchema;
  node: SchemaNode;
  path: readonly string[];
  onPath: (path: string[]) => void;
}

/** The fields below a node; each opens to those below it, and leads to its own explanation. */
export function FieldTree({ schema, node, path, onPath }: FieldTreeProps) {
  return (
    <ul className="explain-fields">
      {fieldsOf(schema, node).map((field) => (
        <Field key={field.name} schema={schema} field={field} path={[...path, field.name]} onPath={onPath} />
      ))}
    </ul>
  );
}

function Field({ schema, field, path, onPath }: Omit<FieldTreeProps, "node"> & { field: ExplainedField }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { name, node, required, more } = field;
  return (
    <li>
      <div className="explain-field">
        {more ? (
          <button
            type="button"
            className="explain-toggle"
            aria-expanded={open}
            aria-label={t("yaml.fieldsOf", { name })}
            onClick={() => setOpen(!open)}
          >
            <ChevronRight aria-hidden size={13} />
          </button>
        ) : (
          <span className="explain-toggle" />
        )}
        <button type="button" className="explain-name" onClick={() => onPath([...path])}>
          {name}
        </button>
        <code className="explain-kind">{node.type}</code>
        {required ? <span className="explain-required">{t("yaml.required")}</span> : null}
        {node.description ? <p className="explain-short">{firstSentence(node.description)}</p> : null}
      </div>
      {open ? <FieldTree schema={schema} node={node} path={path} onPath={onPath} /> : null}
    </li>
  );
}

/** Enough to tell fields apart. */
function firstSentence(text: string): string {
  const sentence = /^.*?[.:](?=\s|$)/s.exec(text)?.[0] ?? text;
  return sentence.length > 160 ? `${sentence.slice(0, 160)}…` : sentence;
}
