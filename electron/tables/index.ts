export { watchCounts } from "./counts.ts";
export { watchResources } from "./discovery.ts";
export { Finder } from "./find.ts";
export { watchNamespaces } from "./namespaces.ts";
export { serveTables } from "./serve.ts";
export { Tables, type TablesOptions } from "./tables.ts";
