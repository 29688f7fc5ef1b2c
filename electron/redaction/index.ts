export { forPage, isSecret, lastApplied, type Mask, maskApplied, maskSecret, sized } from "./secret-redaction.ts";
