{{- define "reroot-agent.labels" -}}
app.kubernetes.io/name: reroot-agent
app.kubernetes.io/instance: {{ .Values.name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/part-of: reroot
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "reroot-agent.selector" -}}
app.kubernetes.io/name: reroot-agent
app.kubernetes.io/instance: {{ .Values.name }}
{{- end }}

{{- define "reroot-agent.joinSecret" -}}
{{- if .Values.join.file }}{{ .Values.name }}-join{{ else }}{{ .Values.join.existingSecret }}{{ end }}
{{- end }}

{{- /* The configuration of the agent: what the chart knows, under what the values say. */ -}}
{{- define "reroot-agent.config" -}}
{{- $given := .Values.config | default dict -}}
{{- $account := dict "namespace" .Release.Namespace "name" .Values.name -}}
{{- $kubernetes := dict "istio" (dict "namespaces" .Values.istio.namespaces) "serviceAccount" $account -}}
{{- $monitoring := dict "host" "0.0.0.0" "port" (int .Values.monitoring.port) -}}
{{- $own := dict "kubernetes" $kubernetes "monitoring" $monitoring -}}
{{- if not (hasKey $given "mesh") -}}
{{- $state := dict "secret" (dict "namespace" .Release.Namespace "name" (printf "%s-link" .Values.name)) -}}
{{- $_ := set $own "join" (dict "file" (printf "/etc/reroot/join/%s" .Values.join.key) "state" $state) -}}
{{- end -}}
{{- toYaml (mustMergeOverwrite $own (deepCopy $given)) -}}
{{- end }}

{{- define "reroot-agent.trustBundle" -}}
{{- if or .Values.rbac.trustBundle (eq (dig "kubernetes" "istio" "trustBundle" "" .Values.config) "cluster-trust-bundle") }}true{{ end }}
{{- end }}

{{- define "reroot-agent.evidence" -}}
{{- if and .Values.rbac.evidence (ne (dig "kubernetes" "workloads" "evidence" "" .Values.config) "none") }}true{{ end }}
{{- end }}

{{- define "reroot-agent.events" -}}
{{- if ne (dig "kubernetes" "events" "" .Values.config) "none" }}true{{ end }}
{{- end }}
