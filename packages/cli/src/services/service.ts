import type { EventTransport } from '@souk/kit/events';
import type { Kv } from '@souk/kit/kv';
import type { Logger } from '@souk/kit/log';
import type { SubgraphApp } from '@souk/kit/subgraph';

export type DatabaseKind = 'postgres' | 'mongo';

/** What the launcher hands to each service; the service picks what its subgraph wants. */
export interface ServiceContext {
  /** The server of the service's kind of database; the service has a database of its own on it. */
  readonly databaseUrl: string;
  readonly events: EventTransport;
  readonly kv: Kv;
  readonly logger: Logger;
  /** Where people reach the shop: `http://127.0.0.1:4000`. */
  readonly publicUrl: string;
  /** Shared by the gateway and all services. */
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
  /** Loads the code, which is not touched before: it takes a good part of a start. */
  load(): Promise<ServiceCode>;
}

export interface ServiceCode {
  /** Brings the database to what the code expects. Safe to repeat, and to run in several processes. */
  prepare(context: ServiceContext): Promise<void>;
  /** Fills in the demo data. Safe to repeat after it was cut off anywhere. */
  seed(context: ServiceContext, options: SeedOptions): Promise<void>;
  createApp(context: ServiceContext): Promise<SubgraphApp>;
}
