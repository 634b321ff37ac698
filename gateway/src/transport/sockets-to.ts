import { isIP, type LookupFunction } from 'node:net';
import WebSocket from 'ws';

/** WebSockets whose host, whatever its name, is at one address: for a name that stands for several machines. */
export function socketsTo(
  address: string,
): new (url: string | URL, protocols?: string | string[]) => WebSocket {
  const family = isIP(address);
  const lookup: LookupFunction = (_host, { all }, found) =>
    all ? found(null, [{ address, family }]) : found(null, address, family);
  return class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols, { lookup });
    }
  };
}
