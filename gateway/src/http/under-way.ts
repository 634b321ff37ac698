import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** The response that is being written on a connection, where Node keeps it. */
export const underWay = (socket: Duplex): ServerResponse | undefined =>
  (socket as { _httpMessage?: ServerResponse })._httpMessage;
