// Answers AdmissionReviews (admission.k8s.io/v1) for Notebooks: an image has to say which version it is.
function problem(notebook) {
  const image = String((notebook.spec || {}).image || "");
  const name = image.split("/").pop();
  if (image.indexOf("@sha256:") >= 0) return "";
  if (name.indexOf(":") < 0) return 'the image "' + image + '" names no version: add a tag, or a digest';
  if (/:latest$/.test(name)) return 'the image "' + image + '" can become another one at any time: use a fixed tag';
  return "";
}

function notebook(request) {
  const review = JSON.parse(request.requestText);
  const message = problem(review.request.object || {});
  const response = { uid: review.request.uid, allowed: message === "" };
  if (message !== "") response.status = { code: 422, message: message };
  request.headersOut["Content-Type"] = "application/json";
  request.return(200, JSON.stringify({ apiVersion: review.apiVersion, kind: review.kind, response: response }));
}

export default { notebook };
