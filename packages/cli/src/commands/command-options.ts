/** The options as they are typed. */
export interface Flags {
  readonly split: boolean;
  readonly missing: boolean;
  readonly force: boolean;
  /** What was noted of the chain of events. */
  readonly anchor?: string | undefined;
  readonly to?: string | undefined;
  readonly from?: string | undefined;
  readonly backup?: string | undefined;
  readonly only?: string | undefined;
  /** Only of this service. @default all services */
  readonly service?: string | undefined;
  /** Everything instead of what the operands name. */
  readonly all: boolean;
  readonly limit?: string | undefined;
  /** With the events' payloads, redacted. */
  readonly payload: boolean;
}

/** What may follow a command's name. */
export interface CommandOptions extends Omit<Flags, 'limit'> {
  /** What follows the command's name, if it takes that. */
  readonly operands: readonly string[];
  /** Most entries of a list. @default 20 */
  readonly limit: number;
}

export type Command = (options: CommandOptions) => Promise<void>;
