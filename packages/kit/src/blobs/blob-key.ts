const MAX_KEY_BYTES = 1_024;
/** A file name may have 255; the folder store adds an ending. */
const MAX_SEGMENT_BYTES = 240;
/** What file systems, URLs, XML or terminals do not take as it is. */
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u001f\u007f\ufffe\uffff\\:*?"<>|%]|\p{Surrogate}/u;

/**
 * Throws for a text that is no key. A key is a path of segments, `backups/2026/orders.gz`, that means the same in
 * every store: at most 1,024 bytes of UTF-8, no empty segment, none of `.` and `..`, no control characters and none of
 * `\ : * ? " < > | %`. A segment before a `/` must not end in `.blob`.
 *
 * @throws RangeError
 */
export function checkBlobKey(key: string): void {
  const segments = key.split('/');
  const isSound =
    Buffer.byteLength(key) <= MAX_KEY_BYTES &&
    !FORBIDDEN.test(key) &&
    segments.every((segment) => segment !== '' && segment !== '.' && segment !== '..') &&
    segments.every((segment) => Buffer.byteLength(segment) <= MAX_SEGMENT_BYTES) &&
    segments.slice(0, -1).every((segment) => !segment.endsWith('.blob'));
  if (!isSound) {
    throw new RangeError(
      `${JSON.stringify(key)} is no key of a blob. Use a path like "backups/orders.gz": no empty, "." or ".." segment, none of \\ : * ? " < > | %.`,
    );
  }
}

/**
 * @returns the part of a prefix that is whole segments, with its `/`: `a/b/` of `a/b/c`
 * @throws RangeError if no key can begin like this
 */
export function wholeSegmentsOf(prefix: string): string {
  const whole = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  if (prefix !== '') checkBlobKey(`${prefix}x`);
  return whole;
}

/** Orders keys as S3 does, by their bytes: JavaScript's own order differs beyond U+FFFF. */
export const compareKeys = (left: string, right: string): number =>
  Buffer.compare(Buffer.from(left), Buffer.from(right));

/** @throws RangeError for what is no content type */
export function checkContentType(contentType: string): void {
  if (/^[\x21-\x7e][\x20-\x7e]{0,98}[\x21-\x7e]$/.test(contentType)) return;
  throw new RangeError(`${JSON.stringify(contentType)} is no content type. Use one like "image/svg+xml".`);
}
