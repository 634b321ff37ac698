import { withoutCardNumbers } from '@souk/kit/secrets';
import { GraphQLError } from 'graphql';

/** Messages repeat what the client sent, which can be anything of any length. */
const LONGEST_MESSAGE = 500;

/** How graphql-js says that it stopped looking. */
const ABORTED = /(error limit reached\. \w+ aborted|^Validation aborted)\.$/;

/**
 * What a client is told about many mistakes: a few, each once. Mistakes are equal if only indexes of lists differ.
 *
 * @param most errors listed
 */
export function listMistakes(errors: readonly GraphQLError[], most: number): readonly GraphQLError[] {
  const [only] = errors;
  if (only && errors.length === 1 && !ABORTED.test(only.message)) {
    const message = told(only.message);
    return message === only.message ? errors : [withMessage(only, message)];
  }
  const groups = new Map<string, { readonly first: GraphQLError; count: number }>();
  let isWhole = true;
  for (const error of errors) {
    if (ABORTED.test(error.message)) isWhole = false;
    else {
      const key = error.message.replaceAll(/\[\d+\]/g, '[]');
      const group = groups.get(key);
      if (group) group.count += 1;
      else groups.set(key, { first: error, count: 1 });
    }
  }
  if (groups.size === 0) return [new GraphQLError(TOO_MUCH)];
  const listed = [...groups.values()].slice(0, most);
  return listed.map(({ first, count }, index) => {
    const more = count > 1 ? ` (and ${count - 1} more like it)` : '';
    const isLast = index === listed.length - 1;
    const others =
      isLast && (groups.size > most || !isWhole) ? ' There are more mistakes than are listed.' : '';
    return withMessage(first, `${told(first.message)}${more}${others}`);
  });
}

const TOO_MUCH = 'The document asks for the same fields too often to be checked. Ask for each once.';

/** How guesses begin that graphql-js makes although it was told to hide them. */
const GUESS = ' Did you mean ';

function told(message: string): string {
  const guess = message.endsWith('?') ? message.lastIndexOf(GUESS) : -1;
  const plain = guess < 0 ? message : message.slice(0, guess);
  const harmless = withoutCardNumbers(plain);
  return harmless.length > LONGEST_MESSAGE ? `${harmless.slice(0, LONGEST_MESSAGE)}…` : harmless;
}

function withMessage(error: GraphQLError, message: string): GraphQLError {
  if (message === error.message) return error;
  const { nodes, source, positions, path, extensions } = error;
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    source: source ?? null,
    positions: positions ?? null,
    path: path ?? null,
    extensions,
  });
}
