import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { KindSchema } from "../../../common/contract/index.ts";
import { IconButton } from "../../ui/Button.tsx";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { X } from "../../ui/icons.ts";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { Tag } from "../../ui/Tag.tsx";
import { explainField } from "../../ui/yaml/schema.ts";
import { FieldSearch } from "./FieldSearch.tsx";
import { FieldTree } from "./FieldTree.tsx";
import { Loading } from "./Loading.tsx";
import { type SchemaOf, useSchema } from "./use-schema.ts";
import "./Explain.css";

export interface ExplainPaneProps {
  target: SchemaOf;
  /** Names of fields, from the kind down; empty: the kind itself. */
  path: readonly string[];
  onPath: (path: string[]) => void;
  onClose?: () => void;
}

/** What a field is for, what it holds, and every field below it: what `kubectl explain` says, from the cluster itself. */
export function ExplainPane({ target, path, onPath, onClose }: ExplainPaneProps) {
  const { t } = useTranslation();
  const { schema, error } = useSchema(target);
  return (
    <section className="explain" aria-label={t("yaml.explainOf", { kind: target.kind })}>
      <header className="explain-head">
        <Crumbs kind={target.kind} path={path} onPath={onPath} />
        {onClose ? (
          <IconButton label={t("yaml.closeExplain")} onPress={onClose}>
            <X size={14} />
          </IconButton>
        ) : null}
      </header>
      {schema ? (
        <Explained key={path.join(".")} schema={schema} path={path} onPath={onPath} />
      ) : error ? (
        <ErrorBanner error={error} />
      ) : (
        <Loading />
      )}
    </section>
  );
}

function Crumbs({ kind, path, onPath }: { kind: string; path: readonly string[]; onPath: (path: string[]) => void }) {
  const { t } = useTranslation();
  const steps = [kind, ...path];
  return (
    <nav aria-label={t("yaml.crumbs")}>
      <ol className="explain-crumbs">
        {steps.map((name, depth) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same name may stand twice in a path
          <li key={depth}>
            {depth === steps.length - 1 ? (
              <span aria-current="true">{name}</span>
            ) : (
              <button type="button" onClick={() => onPath(path.slice(0, depth))}>
                {name}
              </button>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Explained({
  schema,
  path,
  onPath,
}: {
  schema: KindSchema;
  path: readonly string[];
  onPath: (path: string[]) => void;
}) {
  const { t } = useTranslation();
  const top = useRef<HTMLElement>(null);
  useEffect(() => {
    // It gives a promise, which an effect must not.
    void top.current?.scrollTo(0, 0);
  }, []);
  const explanation = explainField(schema, path);
  const apiVersion = schema.group === "" ? schema.version : `${schema.group}/${schema.version}`;
  return (
    <ScrollRegion className="explain-body" ref={top} label={path.at(-1) ?? schema.kind}>
      <FieldSearch schema={schema} onPath={onPath} />
      {explanation === undefined ? (
        <p>{t("yaml.noSuchField", { field: path.join("."), kind: schema.kind })}</p>
      ) : (
        <>
          <p className="explain-type">
            <code>{path.length === 0 ? apiVersion : explanation.node.type}</code>
            {explanation.required ? <Tag tone="warn">{t("yaml.required")}</Tag> : null}
            {explanation.node.default === undefined ? null : (
              <span>{t("yaml.default", { value: explanation.node.default })}</span>
            )}
          </p>
          {explanation.node.enum ? (
            <p className="explain-values">
              {t("yaml.values")}{" "}
              {explanation.node.enum.map((value) => (
                <code key={String(value)}>{value === "" ? '""' : String(value)}</code>
              ))}
            </p>
          ) : null}
          {explanation.descriptions.map((text) => (
            <p key={text} className="explain-text">
              {text}
            </p>
          ))}
          {explanation.descriptions.length === 0 ? <p className="faint">{t("yaml.noDescription")}</p> : null}
          {explanation.fields.length > 0 ? (
            <>
              <h3 className="section-title">{t("yaml.fields", { count: explanation.fields.length })}</h3>
              <FieldTree schema={schema} node={explanation.node} path={path} onPath={onPath} />
            </>
          ) : null}
        </>
      )}
    </ScrollRegion>
  );
}
