export { applyEdit } from "./apply-edit.ts";
export { type TakenOut, takeOutLiterals } from "./redact-literal-secrets.ts";
export { textOf } from "./yaml-text-at.ts";
