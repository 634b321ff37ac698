{{/* The name of one service's objects; called with (list $ "users"). */}}
{{- define "souk.name" -}}
{{- $root := index . 0 -}}
{{- printf "%s-%s" ($root.Release.Name | trunc 40 | trimSuffix "-") (index . 1) -}}
{{- end }}

{{/* What selects one service's pods: never changes. */}}
{{- define "souk.selector" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: souk
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{- define "souk.labels" -}}
{{- $root := index . 0 -}}
{{ include "souk.selector" . }}
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
app.kubernetes.io/part-of: souk
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" $root.Chart.Name $root.Chart.Version }}
{{- end }}

{{- define "souk.secretName" -}}
{{- .Values.secrets.existingSecret | default (include "souk.name" (list . "secrets")) -}}
{{- end }}

{{/* The settings of one service: its own over the defaults, as YAML. */}}
{{- define "souk.settings" -}}
{{- $root := index . 0 -}}
{{- $own := index $root.Values.services (index . 1) | default dict -}}
{{- mergeOverwrite (deepCopy $root.Values.defaults) (deepCopy $own) | toYaml -}}
{{- end }}
