/** Where a program ends. */
interface Outcome {
  /** @default writes to standard error */
  readonly print?: (text: string) => void;
  /** @default process.exit */
  readonly exit?: (code: number) => void;
}

/**
 * Runs a program's start. If it fails, what to do about it is printed (the messages of the error and of its causes,
 * no stack) and the process exits with 1, so that nothing stays half started.
 *
 * @example await runProgram(async () => { const config = readConfig(); ... });
 */
export async function runProgram(start: () => Promise<void>, outcome: Outcome = {}): Promise<void> {
  const { print = (text) => process.stderr.write(`${text}\n`), exit = (code) => process.exit(code) } =
    outcome;
  try {
    await start();
  } catch (error) {
    print(messagesOf(error).join(' Reason: '));
    exit(1);
  }
}

function messagesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [String(error)];
  return error.cause === undefined ? [error.message] : [error.message, ...messagesOf(error.cause)];
}
