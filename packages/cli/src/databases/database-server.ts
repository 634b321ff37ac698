/** A database server that the shop uses. */
export interface DatabaseServer {
  readonly url: string;
  /** Ends it if the shop started it. */
  stop(): Promise<void>;
}
