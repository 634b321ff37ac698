/** Who is asking, as the gateway wants to be told: in HTTP headers and in the WebSocket's first message alike. */
export interface Identity {
  readonly accessToken?: string | undefined;
  readonly cartToken?: string | undefined;
}

/** @example identityHeaders({ cartToken: 'abc' }) // { 'x-cart-token': 'abc' } */
export function identityHeaders({ accessToken, cartToken }: Identity): Record<string, string> {
  return {
    ...(accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` }),
    ...(cartToken === undefined ? {} : { 'x-cart-token': cartToken }),
  };
}
