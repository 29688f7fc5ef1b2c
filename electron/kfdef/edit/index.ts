export { applyEdit } from "./apply-edit.ts";
export { textOf } from "./text-of.ts";
export { type TakenOut, takeOutLiterals } from "./without-literals.ts";
