export { comparable } from "./comparable.ts";
export { ObjectCreator } from "./creator.ts";
export { ObjectEditor } from "./editor.ts";
export { changesBetween } from "./field-changes.ts";
export { fieldPath, parseFieldPath, type Step } from "./field-path.ts";
export { findResource } from "./find-resource.ts";
export { OpenApiSchemas } from "./openapi.ts";
export { serveEdit } from "./serve.ts";
