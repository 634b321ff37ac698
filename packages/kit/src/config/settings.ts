import { z } from 'zod';

const PORT = 'must be a port number from 0 (any free one) to 65535';
const SECRET = 'must be set, and have at least 32 characters';

/** `HOST`: where a program listens. */
export const host = z
  .string()
  .default('127.0.0.1')
  .describe('Address to listen on; 0.0.0.0 for every interface.');

/** `PORT`: where a program listens, by default at the port that is given. @example z.object({ PORT: port(4101) }) */
export const port = (byDefault: number) =>
  z.coerce
    .number(PORT)
    .int(PORT)
    .min(0, PORT)
    .max(65_535, PORT)
    .default(byDefault)
    .describe('Port to listen on; 0 takes a free one.');

/** What something is signed with: nobody guesses 32 characters. Describe it. */
export const secret = z.string(SECRET).min(32, SECRET);

/** `LOG_LEVEL`. */
export const logLevel = z
  .enum(['debug', 'info', 'warn', 'error', 'silent'], {
    error: 'must be debug, info, warn, error or silent',
  })
  .default('info')
  .describe('Least important log line that is written.');

/** `DATABASE_URL`: the server on which a service has the database that is named. */
export const postgresUrl = (database: string) =>
  z
    .url({ protocol: /^postgres(ql)?$/, error: 'must be a URL like postgres://user:password@host:5432' })
    .default('postgres://postgres@127.0.0.1:5432')
    .describe(`The PostgreSQL server; the database ${database} on it is made if it is missing.`);

/** `MONGODB_URL`: the server on which a service has the database that is named. */
export const mongoUrl = (database: string) =>
  z
    .url({ protocol: /^mongodb(\+srv)?$/, error: 'must be a URL like mongodb://host:27017' })
    .default('mongodb://127.0.0.1:27017')
    .describe(`The MongoDB server; the database ${database} on it is made if it is missing.`);

/** `REDIS_URL`: what replicas share. Describe what that is, and what holds without it. */
export const redisUrl = z
  .url({ protocol: /^rediss?$/, error: 'must be a URL like redis://host:6379' })
  .optional();
