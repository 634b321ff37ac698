/** The real MongoDB to compare with, from `MONGODB_URL`; none when that is not set. */
export function realMongoUrl(): string | undefined {
  return process.env['MONGODB_URL'] || undefined;
}
