/** Why a catalogue mutation is refused: an expected outcome, told to the client in the payload. */
export interface Refusal {
  readonly code: 'INVALID_INPUT' | 'ALREADY_EXISTS' | 'NOT_FOUND';
  readonly message: string;
  /** Where in the input. */
  readonly path: readonly string[];
}

export const invalid = (message: string, ...path: readonly (string | number)[]): Refusal => ({
  code: 'INVALID_INPUT',
  message,
  path: path.map(String),
});

export const exists = (message: string, ...path: readonly (string | number)[]): Refusal => ({
  ...invalid(message, ...path),
  code: 'ALREADY_EXISTS',
});

export const notFound = (message: string, ...path: readonly (string | number)[]): Refusal => ({
  ...invalid(message, ...path),
  code: 'NOT_FOUND',
});
