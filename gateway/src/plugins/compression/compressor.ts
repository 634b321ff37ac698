import { promisify } from 'node:util';
import {
  brotliCompress,
  brotliCompressSync,
  type BrotliOptions,
  constants,
  gzip,
  gzipSync,
  type ZlibOptions,
} from 'node:zlib';
import type { BodyCompressor } from '../../http/write.js';
import type { Encoding } from './accepted-encoding.js';

/** The cheapest levels: of JSON, higher ones save a tenth more for several times the work. */
const GZIP: ZlibOptions = { level: 1 };
const BROTLI: BrotliOptions = {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 1,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
  },
};

/**
 * From this size on, in bytes, bodies are compressed in the thread pool. Below, the way there and back costs more than
 * the work itself, which holds the event loop up for a tenth of a millisecond at most.
 */
const IN_THE_POOL = 65_536;

const gzipLater = promisify<Buffer, ZlibOptions, Buffer>(gzip);
const brotliLater = promisify<Buffer, BrotliOptions, Buffer>(brotliCompress);

/** @param minBytes smaller bodies are not worth it */
export const compressor = (encoding: Encoding, minBytes: number): BodyCompressor => ({
  encoding,
  minBytes,
  compress: (body) => {
    if (body.length >= IN_THE_POOL) {
      return encoding === 'br' ? brotliLater(body, BROTLI) : gzipLater(body, GZIP);
    }
    return encoding === 'br' ? brotliCompressSync(body, BROTLI) : gzipSync(body, GZIP);
  },
});
