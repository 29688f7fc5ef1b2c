export { type CheckedCertificate, checkCertificate } from "./check-certificate.ts";
export { expiryProblem, isRenewed } from "./expiry.ts";
export { factsOf, isFor } from "./facts.ts";
export { readPem } from "./read-pem.ts";
