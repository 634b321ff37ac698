import { isIP, type LookupFunction } from 'node:net';
import WebSocket from 'ws';

export interface SocketSettings {
  /** Where every host is, whatever its name: for a name that stands for several machines. Undefined: looked up. */
  readonly address: string | undefined;
  /** How long opening may take, in milliseconds. */
  readonly handshakeTimeout: number;
}

/** WebSockets made with these settings, for libraries that make them by address alone. */
export function socketsTo({
  address,
  handshakeTimeout,
}: SocketSettings): new (url: string | URL, protocols?: string | string[]) => WebSocket {
  const settings = { handshakeTimeout, ...(address === undefined ? {} : { lookup: alwaysAt(address) }) };
  return class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols, settings);
    }
  };
}

function alwaysAt(address: string): LookupFunction {
  const family = isIP(address);
  return (_host, { all }, found) => (all ? found(null, [{ address, family }]) : found(null, address, family));
}
