/** A supergraph that cannot be composed or loaded, with every problem in one readable message. */
export class SupergraphError extends Error {
  readonly problems: readonly string[];

  constructor(what: string, problems: readonly string[], options: { cause?: unknown } = {}) {
    super(
      `${what} has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
      options,
    );
    this.name = 'SupergraphError';
    this.problems = problems;
  }
}
