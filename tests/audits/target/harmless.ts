import { expect } from 'vitest';

/** What no answer may hold: stacks, paths, names of what is inside, guesses at what was meant. */
const REVEALING =
  /node_modules|\.[jt]s:\d+|\bat \S+ \(|\bat async |ECONN|EPIPE|hunter2|did you mean|TypeError|RangeError|ReferenceError|SyntaxError:/i;

/** Checks that an answer tells a client nothing it should not know, and blames nobody on our side. */
export function expectHarmless(text: string): void {
  expect(text).not.toMatch(REVEALING);
  expect(text).not.toContain('"INTERNAL"');
}

/** The most mistakes that one answer may list. */
const MOST_ERRORS = 5;

/** Checks a refusal: errors that can be read, a few of them, each once, and no data. */
export function expectRefused({ data, errors }: { data?: unknown; errors?: readonly { message: string }[] }) {
  expect(data ?? null).toBeNull();
  expect(errors?.length).toBeGreaterThan(0);
  expect(errors?.length).toBeLessThanOrEqual(MOST_ERRORS);
  const messages = errors?.map(({ message }) => message) ?? [];
  expect(new Set(messages).size).toBe(messages.length);
  for (const message of messages) {
    expect(message.length).toBeGreaterThan(5);
    expect(message.length).toBeLessThan(1_000);
  }
}
