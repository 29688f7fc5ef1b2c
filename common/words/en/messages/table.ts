/** Lists of objects: their columns, filters and connections. */
export const table = {
  closed: "The tables were closed.",
  broke: "The part of Flowdeck that keeps the tables failed: {{why}}.",
  ended: "it exited with code {{code}}",
  kindUnserved: "The API server of {{context}} does not serve {{name}}.",
  notListable: "{{kind}} objects can't be listed: the API server does not store them.",
  mayNotList: "You do not have permission to list {{kind}}, either in the whole cluster or in a known namespace.",
  badPath: "The column's path {{path}} is not a JSONPath: {{why}}.",
  pathUnreadable: 'it can\'t be read from "{{rest}}" on',
  pathEmpty: "it selects nothing",
  pathExample: "Paths are as in kubectl's custom columns, such as .spec.nodeName or {{example}}.",
  gone: "This table is no longer open.",
  viewGone: "This view is no longer open. Open it again.",
  unreadable: "The response is not a table: {{beginning}}",
} as const;
