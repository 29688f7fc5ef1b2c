import { describe, expect, it } from "vitest";
import { contextId } from "../../../../../common/contract/index.ts";
import { placeToBrowse } from "../../../../../renderer/state/place-to-browse.ts";
import { type BrowsePlace, changedPlace, formatRoute, parseRoute } from "../../../../../renderer/state/route.ts";

const place: BrowsePlace = {
  ...{
    place: "browse",
    context: contextId.parse("c1"),
    resource: "pods",
    namespaces: ["a", "b"],
    filter: "x y&z",
    faults: true,
  },
  ...{ labels: "app=web,tier!=db", fields: "spec.nodeName=n1", sort: { column: "Age", descending: true } },
  ...{ object: { namespace: "a", name: "web-0" }, tab: "yaml" },
};

describe("where the browser stands", () => {
  it("is all in the address", () => {
    expect(parseRoute(formatRoute(place))).toEqual(place);
    const plain: BrowsePlace = { place: "browse", resource: "deployments.apps", namespaces: [] };
    expect(parseRoute(formatRoute(plain))).toEqual(plain);
    const up: BrowsePlace = { ...plain, sort: { column: "Up-to-date", descending: false } };
    expect(parseRoute(formatRoute(up))).toEqual(up);
  });

  it("is the overview, too", () => {
    expect(parseRoute(formatRoute({ place: "overview" }))).toEqual({ place: "overview" });
  });

  it("takes nothing of one kind to another but the namespaces", () => {
    expect(changedPlace(place, { resource: "services" })).toEqual({
      ...{ place: "browse", context: contextId.parse("c1"), resource: "services", namespaces: ["a", "b"] },
    });
    expect(changedPlace(place, { resource: "nodes", object: { name: "n1" } }).object).toEqual({ name: "n1" });
  });

  it("keeps the rest when only some of it changes", () => {
    expect(changedPlace(place, { filter: "new" })).toEqual({ ...place, filter: "new" });
    const { faults: _faults, ...without } = place;
    expect(changedPlace(place, { faults: false })).toEqual(without);
  });

  it("opens another object at its first tab, unless one is named", () => {
    expect(changedPlace(place, { object: { name: "n" } }).tab).toBeUndefined();
    expect(changedPlace(place, { object: { name: "n" }, tab: "events" }).tab).toBe("events");
    expect(changedPlace(place, { object: undefined })).not.toHaveProperty("object");
    expect(changedPlace(place, { object: undefined }).tab).toBeUndefined();
  });

  it("looks for no object of one cluster in another", () => {
    expect(placeToBrowse(place, contextId.parse("c1"))).toBe(place);
    expect(placeToBrowse(place, undefined)).toBe(place);
    expect(placeToBrowse(place, contextId.parse("c2"))).toEqual({
      ...{ place: "browse", context: contextId.parse("c2"), resource: "pods", namespaces: [] },
    });
  });
});
