export { watchResources } from "./discovery.ts";
export { watchNamespaces } from "./namespaces.ts";
export { Tables, type TablesOptions } from "./tables.ts";
