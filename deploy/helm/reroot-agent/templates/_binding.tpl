{{- /* Binds a role to the ServiceAccount `to`, in a namespace where there is one. */ -}}
{{- define "reroot-agent.binding" -}}
apiVersion: rbac.authorization.k8s.io/v1
kind: {{ .kind }}Binding
metadata:
  name: {{ .name }}
  {{- with .namespace }}
  namespace: {{ . }}
  {{- end }}
  labels:
    {{- include "reroot-agent.labels" .root | nindent 4 }}
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: {{ .kind }}, name: {{ .name }} }
subjects: [{ kind: ServiceAccount, name: {{ .to }}, namespace: {{ .root.Release.Namespace }} }]
{{- end }}
