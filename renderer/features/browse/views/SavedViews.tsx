import { useTranslation } from "react-i18next";
import type { ContextId, SavedView } from "../../../../common/contract/index.ts";
import { setBrowsePreferences, useBrowsePreferences } from "../../../state/browse.ts";
import { type BrowsePlace, formatRoute, go } from "../../../state/route.ts";
import { Bookmark, X } from "../../../ui/icons.ts";
import { choiceOf, setChoice } from "../columns/use-columns.ts";

/** Where a saved view leads, in the cluster that is looked at now. */
export function placeOfView(view: SavedView, context: ContextId | undefined): BrowsePlace {
  return {
    place: "browse",
    resource: view.resource,
    namespaces: view.namespaces,
    ...(context ? { context } : {}),
    ...(view.filter ? { filter: view.filter } : {}),
    ...(view.faults ? { faults: true } : {}),
    ...(view.labels ? { labels: view.labels } : {}),
    ...(view.fields ? { fields: view.fields } : {}),
    ...(view.sort ? { sort: view.sort } : {}),
  };
}

/** Goes there, and shows the kind's columns as they stood when the view was saved. */
export function openView(view: SavedView, context: ContextId | undefined): void {
  showColumnsOf(view);
  go(placeOfView(view, context));
}

function showColumnsOf({ resource, columns }: SavedView): void {
  if (columns !== undefined && JSON.stringify(columns) !== JSON.stringify(choiceOf(resource)))
    setChoice(resource, columns);
}

/** The user's own sights, above the kinds. */
export function SavedViews({ place }: { place: BrowsePlace }) {
  const { t } = useTranslation();
  const { views } = useBrowsePreferences();
  if (views.length === 0) return null;
  const { object: _object, tab: _tab, ...sight } = place;
  const here = formatRoute(sight);
  return (
    <section className="sidebar-group" aria-label={t("browse.group.views")}>
      <h3 className="sidebar-title">{t("browse.group.views")}</h3>
      <ul>
        {views.map((view) => {
          const href = formatRoute(placeOfView(view, place.context));
          return (
            <li key={view.id} className="sidebar-item">
              <a
                className="sidebar-line"
                data-line
                href={href}
                onClick={() => showColumnsOf(view)}
                {...(href === here ? { "aria-current": "page" as const } : {})}
              >
                <Bookmark size={12} aria-hidden />
                <span className="sidebar-name" title={view.name}>
                  {view.name}
                </span>
              </a>
              <button
                type="button"
                tabIndex={-1}
                className="sidebar-star"
                aria-label={t("browse.views.remove", { name: view.name })}
                onClick={() => removeView(view.id)}
              >
                <X size={12} aria-hidden />
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

export function removeView(id: string): void {
  setBrowsePreferences(({ views }) => ({ views: views.filter((view) => view.id !== id) }));
}

/** Keeps the sight and its kind's columns under a name; a view of the same name is replaced. */
export function saveView(name: string, place: BrowsePlace): void {
  const columns = choiceOf(place.resource);
  const view: SavedView = {
    id: crypto.randomUUID(),
    name,
    resource: place.resource,
    namespaces: place.namespaces,
    filter: place.filter ?? "",
    faults: place.faults ?? false,
    labels: place.labels ?? "",
    fields: place.fields ?? "",
    sort: place.sort ?? columns.sort,
    columns,
  };
  setBrowsePreferences(({ views }) => ({ views: [...views.filter((known) => known.name !== name), view] }));
}
