import path from 'node:path';

/** What the names of files end with, so that `a` and `a/b` can both be blobs: no folder ends like this. */
export const ENDING = '.blob';
/** Where files are written before they get their name. No key contains `%`. */
export const TEMPORARY = '%tmp';

/** @param key one that `checkBlobKey` has let through, so it cannot lead out of the folder */
export const fileOf = (root: string, key: string): string =>
  path.join(root, ...key.split('/').slice(0, -1), `${key.slice(key.lastIndexOf('/') + 1)}${ENDING}`);
