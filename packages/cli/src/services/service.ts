import type { Issuer } from '@souk/gateway';
import type { EventCatalogue, EventTransport } from '@souk/kit/events';
import type { Kv } from '@souk/kit/kv';
import type { Logger } from '@souk/kit/log';
import type { Peers } from '@souk/kit/peers';
import type { SubgraphApp } from '@souk/kit/subgraph';
import type { CarrierSettings } from '@souk/shipping/carrier-settings';
import type { ProviderSettings } from '@souk/payments/provider-settings';
import type { Config } from '../config/load.js';

export type DatabaseKind = 'postgres' | 'mongo';

/** All that the launcher has to give: each subgraph names, in its own deps, what of it it takes. */
export interface ServiceDeps {
  /** The service's own database on the PostgreSQL server. */
  readonly databaseUrl: string;
  /** The service's own database on the MongoDB server. */
  readonly mongo: { readonly url: string; readonly database: string };
  readonly events: EventTransport;
  /** Asks the other subgraphs as this service. */
  readonly peers: Peers;
  readonly kv: Kv;
  readonly logger: Logger;
  /** The `iss` of access tokens. */
  readonly issuer: string;
  /** What tokens of orders are derived from; at least 32 characters. */
  readonly tokenSecret: string;
  /** Who moves the money. */
  readonly paymentProvider: ProviderSettings;
  /** What services prove things to each other with; at least 32 characters. */
  readonly internalSecret: string;
  /** Who brings parcels. */
  readonly carrier: CarrierSettings;
  /** Days after its delivery in which an order may be returned. */
  readonly returnDays: number;
  readonly clock: () => Date;
  readonly newId: () => string;
}

/** Which demo data to make. */
export interface SeedOptions {
  readonly products: number;
  readonly seed: number;
}

/** A subgraph as the launcher knows it. */
export interface Service {
  readonly name: string;
  readonly database: DatabaseKind;
  /** The program that runs it alone, for `import.meta.resolve`. */
  readonly program: string;
  /**
   * Its paths beside GraphQL, with `POST ` before those that take it; asked only when it runs alone, since an app tells
   * its own.
   * @default []
   */
  readonly routes?: readonly string[];
  /** What only it is told when it runs alone. @default nothing */
  readonly environment?: (config: Config) => Readonly<Record<string, string>>;
  /** Loads the code, which is not touched before: it takes a good part of a start. */
  load(): Promise<ServiceCode>;
}

/** What a subgraph exports. */
export interface ServiceCode {
  /** What it publishes. */
  readonly published?: EventCatalogue;
  /** Brings the database to what the code expects. Safe to repeat, and to run in several processes. */
  prepare(deps: ServiceDeps): Promise<void>;
  /** Fills in the demo data. Safe to repeat after it was cut off anywhere. */
  seed(deps: ServiceDeps, options: SeedOptions): Promise<void>;
  createApp(deps: ServiceDeps): Promise<ServiceApp>;
}

/** An app, with the public keys of its access tokens if it issues any. */
export type ServiceApp = SubgraphApp & { readonly jwks?: Issuer['jwks'] };
