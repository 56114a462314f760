{{- /* A manifest of deploy/mgmt under the names of this release. */ -}}
{{- define "reroot-mgmt.manifest" -}}
{{- $labels := printf "metadata:\n  labels:\n%s\n" (include "reroot-mgmt.labels" .root | indent 4) -}}
{{- $account := printf "system:serviceaccount:%s:%s" .root.Release.Namespace .root.Values.name -}}
{{- .root.Files.Get (printf "files/%s" .file)
  | replace "system:serviceaccount:reroot:reroot-mgmt" "ACCOUNT-OF-MGMT"
  | replace "reroot-mgmt" .root.Values.name
  | replace "reroot-requested-by" (printf "reroot-requested-by.%s" .root.Release.Namespace)
  | replace "metadata.name: reroot }" (printf "metadata.name: %s }" .root.Release.Namespace)
  | replace "namespace: reroot\n" (printf "namespace: %s\n" .root.Release.Namespace)
  | replace "namespace: reroot }" (printf "namespace: %s }" .root.Release.Namespace)
  | replace "ACCOUNT-OF-MGMT" $account
  | replace "metadata:\n" $labels
  | trim -}}
{{- end }}
