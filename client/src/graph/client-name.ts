/** How the shop introduces itself to the gateway, in the HTTP headers and in the WebSocket's first message alike. */
export const CLIENT_NAME = { 'apollographql-client-name': 'souk-web' } as const;
