/** What a client says about itself in `connection_init`. */
export interface SocketClient {
  readonly authorization: string | undefined;
  readonly cartToken: string | undefined;
  readonly clientName: string | undefined;
  readonly clientVersion: string | undefined;
}

/**
 * Reads the payload of `connection_init`: the same names as the HTTP headers, in any case.
 * @example readConnectionInit({ authorization: 'Bearer eyJ…', 'x-cart-token': 'c_…' })
 */
export function readConnectionInit(payload: Readonly<Record<string, unknown>>): SocketClient {
  const byName = new Map(Object.entries(payload).map(([name, value]) => [name.toLowerCase(), value]));
  const text = (...names: string[]): string | undefined => {
    const value = names
      .map((name) => byName.get(name))
      .find((candidate) => candidate !== undefined && candidate !== null && candidate !== '');
    // A value of another type is passed on as text: as a token it will be refused, not silently ignored.
    return value === undefined ? undefined : typeof value === 'string' ? value : JSON.stringify(value);
  };
  return {
    authorization: text('authorization'),
    cartToken: text('x-cart-token'),
    clientName: text('apollographql-client-name', 'graphql-client-name'),
    clientVersion: text('apollographql-client-version', 'graphql-client-version'),
  };
}
