import 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** Base URL of the PostgreSQL server that all integration tests share, without a database. */
    postgresUrl: string;
  }
}
