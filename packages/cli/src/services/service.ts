import type { EventTransport } from '@souk/kit/events';
import type { Kv } from '@souk/kit/kv';
import type { Logger } from '@souk/kit/log';
import type { Peers } from '@souk/kit/peers';
import type { SubgraphApp } from '@souk/kit/subgraph';
import type { Issuer } from '@souk/gateway';

export type DatabaseKind = 'postgres' | 'mongo';

/** What the launcher hands to each service; the service picks what its subgraph wants. */
export interface ServiceContext {
  /** A server of the service's kind of database. */
  readonly serverUrl: string;
  /** The service's own database on it. */
  readonly database: string;
  readonly events: EventTransport;
  /** Asks the other subgraphs as this service. */
  readonly peers: Peers;
  readonly kv: Kv;
  readonly logger: Logger;
  /** The `iss` of access tokens. */
  readonly issuer: string;
  /** What everything that must not be forged is derived from; at least 32 characters. */
  readonly secret: string;
}

/** Which demo data to make. */
export interface SeedOptions {
  readonly products: number;
  readonly seed: number;
}

/** A subgraph as the launcher knows it: the one place that names both. */
export interface Service {
  readonly name: string;
  readonly database: DatabaseKind;
  /** The program that runs it alone, for `import.meta.resolve`. */
  readonly program: string;
  /** Its paths beside GraphQL; asked only when it runs alone, since an app tells its own. @default [] */
  readonly routes?: readonly string[];
  /** Loads the code, which is not touched before: it takes a good part of a start. */
  load(): Promise<ServiceCode>;
}

export interface ServiceCode {
  /** Brings the database to what the code expects. Safe to repeat, and to run in several processes. */
  prepare(context: ServiceContext): Promise<void>;
  /** Fills in the demo data. Safe to repeat after it was cut off anywhere. */
  seed(context: ServiceContext, options: SeedOptions): Promise<void>;
  createApp(context: ServiceContext): Promise<ServiceApp>;
}

/** An app, with the public keys of its access tokens if it issues any. */
export type ServiceApp = SubgraphApp & { readonly jwks?: Issuer['jwks'] };

/** The database of a service, on any server. */
export const databaseOf = (name: string): string => `souk_${name}`;
