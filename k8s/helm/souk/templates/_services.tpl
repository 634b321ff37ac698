{{/*
What each service is told, besides HOST, PORT and LOG_LEVEL. `secrets` come from keys of the secret (`optional`: if they
are there), `config` from keys of the config map. The names on the left are the environment variables that the service's
src/config.ts reads; `npm run check:k8s` compares them.
*/}}
{{- define "souk.services" -}}
gateway:
  secrets: { SOUK_INTERNAL_SECRET: internal-secret, REDIS_URL: redis-url }
  config: { SUBGRAPH_URLS: gateway-subgraph-urls, GATEWAY_ROUTES: gateway-routes, JWT_ISSUERS: jwt-issuers, TRUSTED_PROXIES: trusted-proxies, CORS_ORIGINS: cors-origins }
client:
  secrets: {}
  config: {}
users:
  secrets: { SOUK_INTERNAL_SECRET: internal-secret, DATABASE_URL: database-url, REDIS_URL: redis-url }
  optional: { AMQP_URL: amqp-url }
  config: { SOUK_ISSUER: issuer }
products:
  secrets: { SOUK_INTERNAL_SECRET: internal-secret, MONGODB_URL: mongodb-url }
  optional: { AMQP_URL: amqp-url }
  config: {}
inventory:
  secrets: { SOUK_INTERNAL_SECRET: internal-secret, MONGODB_URL: mongodb-url }
  optional: { AMQP_URL: amqp-url }
  config: { SUBGRAPH_URLS: subgraph-urls }
orders:
  secrets: { SOUK_INTERNAL_SECRET: internal-secret, SOUK_ORDER_TOKEN_SECRET: order-token-secret, DATABASE_URL: database-url }
  optional: { AMQP_URL: amqp-url }
  config: { SUBGRAPH_URLS: subgraph-urls, SOUK_RETURN_DAYS: return-days }
payments:
  secrets: { SOUK_INTERNAL_SECRET: internal-secret, DATABASE_URL: database-url }
  optional: { AMQP_URL: amqp-url, PAYMENT_PROVIDER_KEY: payment-provider-key, PAYMENT_WEBHOOK_SECRET: payment-webhook-secret }
  config: { SUBGRAPH_URLS: subgraph-urls, PAYMENT_PROVIDER: payment-provider, PAYMENT_PROVIDER_URL: payment-provider-url, PAYMENT_RETURN_URL: issuer }
shipping:
  secrets: { SOUK_INTERNAL_SECRET: internal-secret, DATABASE_URL: database-url }
  optional: { AMQP_URL: amqp-url, SOUK_CARRIER_SECRET: carrier-secret }
  config: { SUBGRAPH_URLS: subgraph-urls, SOUK_CARRIER_URL: carrier-url, SOUK_CARRIER_NAME: carrier-name }
analytics:
  secrets: { SOUK_INTERNAL_SECRET: internal-secret, DATABASE_URL: database-url }
  optional: { AMQP_URL: amqp-url }
  config: { SUBGRAPH_URLS: subgraph-urls }
{{- end }}

{{/* The subgraphs: everything but gateway and client. */}}
{{- define "souk.subgraphs" -}}
{{- omit (include "souk.services" . | fromYaml) "gateway" "client" | keys | sortAlpha | toJson -}}
{{- end }}

{{- define "souk.port" -}}
{{- if eq . "client" }}8080{{ else }}4000{{ end -}}
{{- end }}
