import { message } from "../../../common/words/index.ts";
import { type Fields, inside, items } from "./json.ts";
import type { Convert, Note } from "./types.ts";

const group = "rbac.authorization.k8s.io";

/**
 * RBAC objects of v1alpha1 and v1beta1 as v1. v1beta1 has the same fields; v1alpha1 named a subject's API version, and
 * meant every signed-in user with the user "*".
 * https://kubernetes.io/docs/reference/using-api/deprecation-guide/#rbac-resources-v122
 */
export const convertRbac: Convert = (object, from, note) => {
  for (const subject of items(object.subjects)) if (from.endsWith("/v1alpha1")) convertSubject(subject, note);
  const roleRef = inside(object, "roleRef");
  if (roleRef?.apiVersion !== undefined) {
    delete roleRef.apiVersion;
    roleRef.apiGroup = group;
    note(message("conversion.became", { from: "roleRef.apiVersion", to: "apiGroup" }));
  }
  return object;
};

function convertSubject(subject: Fields, note: Note): void {
  const { apiVersion } = subject;
  delete subject.apiVersion;
  if (subject.kind === "User" && subject.name === "*") {
    subject.kind = "Group";
    subject.name = "system:authenticated";
    note(message("conversion.userStar"));
  }
  if (subject.apiGroup === undefined) subject.apiGroup = subject.kind === "ServiceAccount" ? "" : group;
  if (apiVersion !== undefined) note(message("conversion.subjectVersion"));
}
