import { GraphQLError } from 'graphql';
import type { Limits } from './limits-options.js';

/** What is counted, and what to do about too much of it. */
const TELL: Readonly<Record<Exclude<keyof Limits, 'maxErrors'>, readonly [what: string, advice: string]>> = {
  maxQueryBytes: ['bytes of text', 'Ask for less, or pass values as variables.'],
  maxTokens: ['tokens', 'Ask for less, or in several operations.'],
  maxOperations: ['operations in one document', 'Send the one that is to run.'],
  maxFragments: ['fragments in one document', 'Send those that the operation uses.'],
  maxDirectives: ['directives', 'Leave fields out instead of skipping them.'],
  maxDepth: ['levels of fields', 'Ask for the inner objects by themselves, by their id.'],
  maxFields: ['fields, fragments expanded', 'Ask for less, or in several operations.'],
  maxAliases: ['aliases, fragments expanded', 'Ask for a list, or in several operations.'],
  maxRootFields: ['root fields', 'Ask in several operations.'],
  maxRepeats: ['fields of one name in one place', 'Ask for it once.'],
  maxNestedLists: ['lists inside each other', 'Ask for the inner ones by themselves.'],
  maxListSize: ['items of one list', 'Ask for a page at a time.'],
  maxVariableDepth: ['levels of lists and objects in the variables', 'Send flatter values.'],
  maxVariableSize: ['characters in the variables', 'Send less at once.'],
};

/** Sums of expanded fragments soon have twenty digits. */
const MANY = 1_000_000;

/** An error that names the limit, what was found and what to do. @param found undefined if counting stopped there */
export function overLimit(
  limit: keyof typeof TELL,
  { found, most }: { readonly found: number | undefined; readonly most: number },
): GraphQLError {
  const [what, advice] = TELL[limit];
  const amount = found === undefined ? `more than ${most}` : found > MANY ? `over ${MANY}` : String(found);
  return new GraphQLError(`Found ${amount} ${what}, at most ${most} are taken (limits.${limit}). ${advice}`, {
    extensions: { limit, most, ...(found === undefined || found > MANY ? {} : { found }) },
  });
}
