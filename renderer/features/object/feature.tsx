import type { Feature } from "../../state/contributions.tsx";
import { DescribeTab } from "./DescribeTab.tsx";
import { EventsTab } from "./EventsTab.tsx";
import { ObjectPane } from "./ObjectPane.tsx";
import { OverviewTab } from "./OverviewTab.tsx";
import { RelatedTab } from "./RelatedTab.tsx";

export const object: Feature = {
  objectTabs: [
    { id: "overview", order: 10, Content: OverviewTab },
    { id: "events", order: 30, Content: EventsTab },
    { id: "related", order: 40, Content: RelatedTab },
    { id: "describe", order: 50, Content: DescribeTab },
  ],
  parts: { objectPane: ObjectPane },
};
