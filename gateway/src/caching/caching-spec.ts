/** Names `@cacheControl` and `@changedBy` in `@link`; see docs/adr/0095. */
export const CACHING_SPEC = 'https://specs.souk.example/caching';

/** How the specification's directives are called unless a schema imports them under another name. */
export const CACHING_DIRECTIVES = ['cacheControl', 'changedBy'] as const;
