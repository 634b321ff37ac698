/** The largest message, header included, in bytes; the same as a real server's. */
export const maxMessageBytes = 48_000_000;

const headerBytes = 16;

/** What a peer sent cannot be a message; the connection is of no use any more. */
export class ProtocolError extends Error {}

/** Cuts the byte stream of a connection into messages. */
export class FrameReader {
  private chunks: Buffer[] = [];
  private buffered = 0;
  private needed = headerBytes;

  /** @throws ProtocolError when a length is impossible */
  *push(chunk: Buffer): Generator<Buffer> {
    this.chunks.push(chunk);
    this.buffered += chunk.length;
    while (this.buffered >= this.needed) {
      const bytes = this.chunks.length === 1 && this.chunks[0] ? this.chunks[0] : Buffer.concat(this.chunks);
      const length = bytes.readInt32LE(0);
      if (length < headerBytes || length > maxMessageBytes)
        throw new ProtocolError(`a message of ${length} bytes`);
      this.needed = length;
      this.chunks = [bytes];
      if (bytes.length < length) return;
      const rest = bytes.subarray(length);
      this.chunks = rest.length === 0 ? [] : [rest];
      this.buffered = rest.length;
      this.needed = headerBytes;
      yield bytes.subarray(0, length);
    }
  }
}
