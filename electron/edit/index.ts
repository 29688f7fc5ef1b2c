export { ObjectCreator } from "./creator.ts";
export { ObjectEditor } from "./editor.ts";
export { findResource } from "./find-resource.ts";
export { OpenApiSchemas } from "./openapi.ts";
export { serveEdit } from "./serve.ts";
