/** Thrown for bytes that are not an HTTP/1.1 answer, or too many of them. The connection is of no use any more. */
export class UnreadableAnswer extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnreadableAnswer';
  }
}
