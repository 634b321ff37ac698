/** Hive Gateway's own sharing of equal client requests that are in flight; off by default. */
export const gatewayConfig = { inboundInflightRequestDeduplication: true };
