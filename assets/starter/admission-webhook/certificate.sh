#!/bin/bash
# `make` writes a certificate for the Service's name; `publish` keeps it in the webhook's configuration, so that the API
# server trusts this pod and nothing else.
set -uo pipefail
name=notebook-check.kubeflow.svc

make_certificate() {
  umask 077
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 -subj "/CN=$name" \
    -addext "subjectAltName=DNS:$name" -keyout /certificate/tls.key -out /certificate/tls.crt
}

publish() {
  local account=/var/run/secrets/kubernetes.io/serviceaccount url authority patch
  url="https://kubernetes.default.svc/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/notebook-check"
  authority=$(base64 -w0 </certificate/tls.crt)
  patch="[{\"op\":\"add\",\"path\":\"/webhooks/0/clientConfig/caBundle\",\"value\":\"$authority\"}]"
  while true; do
    if ! curl -fsS --cacert "$account/ca.crt" -H "Authorization: Bearer $(<"$account/token")" "$url" | grep -qF "$authority"; then
      curl -fsS -o /dev/null --cacert "$account/ca.crt" -H "Authorization: Bearer $(<"$account/token")" \
        -X PATCH -H 'Content-Type: application/json-patch+json' -d "$patch" "$url" && echo "published"
    fi
    sleep 10
  done
}

case ${1:-} in
  make) make_certificate ;;
  publish) publish ;;
  *) echo "make or publish?" >&2; exit 2 ;;
esac
