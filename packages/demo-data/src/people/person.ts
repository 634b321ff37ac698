/** What a demo account may do. */
export type DemoRole = 'CUSTOMER' | 'STAFF' | 'ADMIN';

/** Where somebody lives; field for field an order's shipping address. */
export interface DemoAddress {
  readonly name: string;
  readonly line1: string;
  readonly line2: string | null;
  readonly city: string;
  readonly postalCode: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

/** Somebody with an account. */
export interface DemoPerson {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly roles: readonly DemoRole[];
  readonly address: DemoAddress;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}
