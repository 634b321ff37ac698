import { compressWith } from '../../http/write.js';
import type { GatewayPlugin } from '../../plugin.js';
import { type Encoding, encodingChooser } from './accepted-encoding.js';
import { compressor } from './compressor.js';

export interface CompressionOptions {
  /** Smallest answer that is compressed, in bytes: one that fits into a packet gains nothing. @default 2048 */
  readonly minBytes?: number;
  /** What answers are compressed with; of what a client likes equally, the first. @default ['br', 'gzip'] */
  readonly encodings?: readonly Encoding[];
}

/**
 * Compresses answers at the GraphQL endpoint for clients that ask for it by `Accept-Encoding`. Streams of events are
 * never compressed, since each event has to arrive at once; files of the client come compressed from the build.
 */
export function compression(
  { minBytes = 2_048, encodings = ['br', 'gzip'] }: CompressionOptions,
  { path }: { readonly path: string },
): GatewayPlugin {
  const choose = encodingChooser(encodings);
  const compressors = { br: compressor('br', minBytes), gzip: compressor('gzip', minBytes) };
  return {
    name: 'compression',
    http(exchange, next) {
      if (exchange.path === path) {
        const encoding = choose(exchange.request.headers['accept-encoding']?.toString());
        if (encoding) compressWith(exchange.response, compressors[encoding]);
      }
      return next();
    },
  };
}
