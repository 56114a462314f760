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

{{- /* Addresses as a JSON list: a chart above this one knows the name of its NATS by a template alone. */ -}}
{{- define "reroot-mgmt.natsServers" -}}
{{- $root := .root -}}
{{- $servers := list -}}
{{- range .servers -}}
{{- $servers = append $servers (tpl . $root) -}}
{{- end -}}
{{- toJson $servers -}}
{{- end }}

{{- /* The ports that NATS is reached at, as a JSON list. */ -}}
{{- define "reroot-mgmt.natsPorts" -}}
{{- $ports := list -}}
{{- range include "reroot-mgmt.natsServers" (dict "servers" .Values.nats.servers "root" $) | fromJsonArray -}}
{{- $ports = append $ports (regexFind ":[0-9]+/?$" . | trimAll ":/" | default "4222" | int) -}}
{{- end -}}
{{- concat $ports .Values.networkPolicy.natsPorts | uniq | toJson -}}
{{- end }}

{{- /* Where the CA of NATS is mounted; empty where the CAs of the image do. */ -}}
{{- define "reroot-mgmt.natsCa" -}}
{{- if .Values.nats.caSecret.name -}}
/etc/reroot/nats-ca/{{ .Values.nats.caSecret.key }}
{{- else if and .Values.nats.existingSecret .Values.nats.caKey -}}
/etc/reroot/nats/{{ .Values.nats.caKey }}
{{- end -}}
{{- end }}

{{- /* The configuration of mgmt: what the chart knows, under what the values say. */ -}}
{{- define "reroot-mgmt.config" -}}
{{- $given := .Values.config | default dict -}}
{{- if ne (dig "store" "kind" .Values.store.kind $given) .Values.store.kind -}}
{{- fail (printf "config.store.kind is %s, and store.kind is %s, by which the chart gives a volume and rights: set store.kind" $given.store.kind .Values.store.kind) -}}
{{- end -}}
{{- $nats := dict "servers" (include "reroot-mgmt.natsServers" (dict "servers" .Values.nats.servers "root" $) | fromJsonArray) -}}
{{- if eq .Values.nats.plaintext "allowed" -}}
{{- $_ := set $nats "plaintext" "allowed" -}}
{{- end -}}
{{- $agents := dict -}}
{{- with include "reroot-mgmt.natsCa" . -}}
{{- $_ := set $nats "caFile" . -}}
{{- $_ := set $agents "caFile" . -}}
{{- end -}}
{{- if and .Values.nats.existingSecret .Values.nats.credentialsKey -}}
{{- $_ := set $nats "credentialsFile" (printf "/etc/reroot/nats/%s" .Values.nats.credentialsKey) -}}
{{- end -}}
{{- if .Values.nats.agentServers -}}
{{- $_ := set $agents "servers" (include "reroot-mgmt.natsServers" (dict "servers" .Values.nats.agentServers "root" $) | fromJsonArray) -}}
{{- $_ := set $nats "agents" $agents -}}
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
