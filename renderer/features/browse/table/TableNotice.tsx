import { useTranslation } from "react-i18next";
import type { ResourceInfo } from "../../../../common/contract/index.ts";
import { useBrowse } from "../../../state/browse.ts";
import { kindName } from "../../../state/kind-name.ts";
import { type BrowsePlace, browse } from "../../../state/route.ts";
import type { TableState } from "../../../state/tables.ts";
import { Button } from "../../../ui/Button.tsx";
import { EmptyState } from "../../../ui/EmptyState.tsx";
import { useFix } from "../../../ui/fix-context.ts";
import { useFormat } from "../../../ui/format.ts";
import { Lock, Search, TriangleAlert } from "../../../ui/icons.ts";
import { useErrorWords } from "../../../ui/use-error-words.ts";

/** What is to be said of a list: it can't be shown, it is empty, nothing matches, it still comes in. */
export function TableNotice({
  info,
  place,
  state,
  onAgain,
}: {
  info: ResourceInfo;
  place: BrowsePlace;
  state: TableState;
  onAgain: () => void;
}) {
  const { view, error } = state;
  if (error) return <Failed info={info} place={place} error={error} onAgain={onAgain} />;
  if (!view) return null;
  if (view.state === "listing" && view.total > 0) return <Listing total={view.total} expected={view.expected} />;
  if (view.matched > 0 || view.state === "listing") return null;
  if (view.total === 0) return <Nothing info={info} place={place} />;
  return <NoMatch info={info} place={place} total={view.total} />;
}

function Listing({ total, expected }: { total: number; expected: number | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const share = expected ? Math.min(1, total / expected) : undefined;
  return (
    <div className="listing">
      <span className="listing-track">
        <span
          className={share === undefined ? "listing-bar listing-bar-unknown" : "listing-bar"}
          style={share === undefined ? {} : { transform: `scaleX(${share})` }}
        />
      </span>
      <span className="sr-only" role="status">
        {expected
          ? t("browse.list.coming", { total: format.number(total), expected: format.number(expected) })
          : t("browse.list.comingSome", { total: format.number(total) })}
      </span>
    </div>
  );
}

function Failed({
  info,
  place,
  error,
  onAgain,
}: {
  info: ResourceInfo;
  place: BrowsePlace;
  error: NonNullable<TableState["error"]>;
  onAgain: () => void;
}) {
  const { t } = useTranslation();
  const fix = useFix(error.fix);
  const words = useErrorWords()(error);
  const kind = kindName(t, info);
  const forbidden = error.code === "forbidden";
  const elsewhere = useBrowse((known) => known.namespaces?.names ?? []);
  return (
    <EmptyState
      icon={forbidden ? <Lock aria-hidden /> : <TriangleAlert aria-hidden />}
      tone={forbidden ? "warn" : "bad"}
      title={forbidden ? t("browse.forbidden.title", { kind }) : words.title}
      text={forbidden ? words.title : words.detail}
      detail={forbidden ? words.detail : undefined}
      live
    >
      {fix ? (
        <Button variant="primary" onPress={fix.run}>
          {fix.label}
        </Button>
      ) : null}
      <Button onPress={onAgain}>{t("common.again")}</Button>
      {forbidden && info.namespaced && place.namespaces.length !== 1
        ? elsewhere.slice(0, 3).map((name) => (
            <Button key={name} onPress={() => browse({ namespaces: [name] })}>
              {t("browse.forbidden.only", { namespace: name })}
            </Button>
          ))
        : null}
    </EmptyState>
  );
}

function Nothing({ info, place }: { info: ResourceInfo; place: BrowsePlace }) {
  const { t } = useTranslation();
  const kind = kindName(t, info);
  const [only, ...others] = place.namespaces;
  const selected = place.labels !== undefined || place.fields !== undefined;
  return (
    <EmptyState
      title={
        only !== undefined && others.length === 0 && info.namespaced
          ? t("browse.empty.inNamespace", { kind, namespace: only })
          : t("browse.empty.title", { kind })
      }
      text={selected ? t("browse.empty.selectors") : t("browse.empty.text")}
    >
      {selected ? (
        <Button onPress={() => browse({ labels: undefined, fields: undefined })}>{t("browse.selectors.clear")}</Button>
      ) : null}
      {info.namespaced && place.namespaces.length > 0 ? (
        <Button onPress={() => browse({ namespaces: [] })}>{t("browse.empty.everywhere")}</Button>
      ) : null}
    </EmptyState>
  );
}

function NoMatch({ info, place, total }: { info: ResourceInfo; place: BrowsePlace; total: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const kind = kindName(t, info);
  return (
    <EmptyState
      icon={<Search aria-hidden />}
      title={place.filter ? t("browse.noMatch.title", { filter: place.filter }) : t("browse.noMatch.well", { kind })}
      text={t("browse.noMatch.text", { total: format.number(total), kind })}
    >
      <Button variant="primary" onPress={() => browse({ filter: undefined, faults: undefined }, { replace: true })}>
        {t("browse.noMatch.all")}
      </Button>
    </EmptyState>
  );
}
