export { systemPostgres } from './binaries.js';
export { chooseIdentity, type Identity } from './identity.js';
export {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from './start-embedded-postgres.js';
