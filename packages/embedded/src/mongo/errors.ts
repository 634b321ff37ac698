/**
 * The error codes the server answers with. They are MongoDB's own, so that a driver, and code that looks at
 * `error.code`, behaves as it would with a real server.
 */
export const codes = {
  InternalError: 1,
  BadValue: 2,
  FailedToParse: 9,
  Unauthorized: 13,
  TypeMismatch: 14,
  Overflow: 15,
  InvalidLength: 16,
  IllegalOperation: 20,
  InvalidBSON: 22,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  ConflictingUpdateOperators: 40,
  CursorNotFound: 43,
  NamespaceExists: 48,
  DollarPrefixedFieldName: 52,
  InvalidIdField: 53,
  EmptyFieldName: 56,
  CommandNotFound: 59,
  ImmutableField: 66,
  CannotCreateIndex: 67,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  ShutdownInProgress: 91,
  InvalidPipelineOperator: 168,
  CannotIndexParallelArrays: 171,
  NotImplemented: 238,
  BSONObjectTooLarge: 10334,
  DuplicateKey: 11000,
  OutOfDiskSpace: 14031,
  UnknownField: 40415,
  UnrecognizedStage: 40324,
  NoChangeStreams: 40573,
} as const;

export type CodeName = keyof typeof codes;

const answeredAs: Partial<Record<CodeName, string>> = {
  UnknownField: 'Location40415',
  UnrecognizedStage: 'Location40324',
  NoChangeStreams: 'Location40573',
};

/** An error that goes back to the client as a MongoDB error reply. */
export class MongoError extends Error {
  readonly code: number;
  readonly codeName: string;
  /** Further members of the reply, such as `keyPattern` of a duplicate key. */
  readonly details: ReadonlyMap<string, unknown>;

  constructor(name: CodeName, message: string, details: ReadonlyMap<string, unknown> = new Map()) {
    super(message);
    this.name = 'MongoError';
    this.code = codes[name];
    this.codeName = answeredAs[name] ?? name;
    this.details = details;
  }
}

/**
 * The answer to everything that a real MongoDB knows and this server does not: an error, never a guess.
 *
 * @param what the refused thing, as the client wrote it, such as `operator $where`
 */
export function refused(what: string): MongoError {
  return new MongoError(
    'NotImplemented',
    `${what} is not in the embedded server's subset (packages/embedded/SUBSET.md); ` +
      'stay inside the subset, or point MONGODB_URL at a real MongoDB',
  );
}

/** A value of the wrong kind in a command, an operator or a stage. */
export function badValue(message: string): MongoError {
  return new MongoError('BadValue', message);
}
