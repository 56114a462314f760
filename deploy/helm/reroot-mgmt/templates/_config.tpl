{{- define "reroot-mgmt.labels" -}}
app.kubernetes.io/name: reroot-mgmt
app.kubernetes.io/instance: {{ .Values.name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/part-of: reroot
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "reroot-mgmt.selector" -}}
app.kubernetes.io/name: reroot-mgmt
app.kubernetes.io/instance: {{ .Values.name }}
{{- end }}

{{- /* The port that the API listens on, whatever the Service shows. */ -}}
{{- define "reroot-mgmt.port" -}}
{{ dig "api" "port" 8480 .Values.config }}
{{- end }}

{{- define "reroot-mgmt.scheme" -}}
{{ ternary "HTTP" "HTTPS" (eq .Values.tls.mode "none") }}
{{- end }}

{{- /* The configuration of mgmt: what the chart knows, under what the values say. */ -}}
{{- define "reroot-mgmt.config" -}}
{{- $given := .Values.config | default dict -}}
{{- $nats := dict "servers" .Values.nats.servers "caFile" "/etc/reroot/nats/ca.crt" "credentialsFile" "/etc/reroot/nats/mgmt.creds" -}}
{{- with .Values.nats.agentServers -}}
{{- $_ := set $nats "agents" (dict "servers" . "caFile" "/etc/reroot/nats/ca.crt") -}}
{{- end -}}
{{- if .Values.nats.account -}}
{{- $users := dict "account" .Values.nats.account "signingKeyFile" "/etc/reroot/nats/account-signing.seed" -}}
{{- if .Values.nats.revocation -}}
{{- $_ := set $users "revocation" (dict "operatorSigningKeyFile" "/etc/reroot/nats/operator-signing.seed" "systemCredentialsFile" "/etc/reroot/nats/system.creds") -}}
{{- end -}}
{{- $_ := set $nats "users" $users -}}
{{- end -}}
{{- $api := dict "host" "0.0.0.0" "port" 8480 -}}
{{- if eq .Values.tls.mode "none" -}}
{{- $_ := set $api "plaintext" "allowed" -}}
{{- else -}}
{{- $_ := set $api "tls" (dict "certFile" "/etc/reroot/tls/tls.crt" "keyFile" "/etc/reroot/tls/tls.key") -}}
{{- end -}}
{{- if .Values.access.kubernetes -}}
{{- $_ := set $api "access" (dict "kubernetes" dict) -}}
{{- end -}}
{{- $identity := dict "privateKeyFile" (printf "/etc/reroot/identity/%s" .Values.identity.key) -}}
{{- with .Values.identity.nextKey -}}
{{- $_ := set $identity "nextPrivateKeyFile" (printf "/etc/reroot/identity/%s" .) -}}
{{- end -}}
{{- $own := dict "nats" $nats "api" $api "identity" $identity -}}
{{- if not (hasKey $given "keyStore") -}}
{{- $_ := set $own "keyStore" (dict "passphraseFile" (printf "/etc/reroot/key-store/%s" .Values.keyStore.key)) -}}
{{- end -}}
{{- if eq .Values.store.kind "sqlite" -}}
{{- $_ := set $own "dataDir" "/var/lib/reroot" -}}
{{- else -}}
{{- $_ := set $own "store" (dict "kind" "kubernetes" "namespace" .Release.Namespace "name" .Values.store.name) -}}
{{- $replicas := dict "lease" (dict "name" .Values.name) -}}
{{- if ne .Values.tls.mode "none" -}}
{{- $_ := set $replicas "serverName" (printf "%s.%s.svc" .Values.name .Release.Namespace) -}}
{{- if .Values.tls.caFromSecret -}}
{{- $_ := set $replicas "caFile" "/etc/reroot/tls/ca.crt" -}}
{{- end -}}
{{- end -}}
{{- $_ := set $own "replicas" $replicas -}}
{{- end -}}
{{- if .Values.secrets -}}
{{- $_ := set $own "secrets" (dict "kubernetes" dict) -}}
{{- end -}}
{{- if .Values.customResources.enabled -}}
{{- $names := ternary "verified" "claimed" .Values.customResources.admissionPolicy -}}
{{- $_ := set $own "resources" (dict "kubernetes" (dict "namespace" .Release.Namespace) "names" $names) -}}
{{- end -}}
{{- toYaml (mustMergeOverwrite $own (deepCopy $given)) -}}
{{- end }}
