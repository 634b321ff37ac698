import type { GraphQLError } from 'graphql';

type Path = readonly (string | number)[];

/**
 * Keeps the errors of completion that no other error explains. A subgraph that reported why a field is null has said
 * enough: an error at the place itself, above it, or below it.
 */
export function unexplained(
  completion: readonly GraphQLError[],
  reported: readonly GraphQLError[],
): GraphQLError[] {
  if (reported.length === 0) return [...completion];
  return completion.filter(({ path = [] }) => !reported.some((error) => explains(error.path, path)));
}

/** An error without a path may be about anything. */
function explains(reported: Path | undefined, path: Path): boolean {
  if (!reported) return true;
  const shared = Math.min(reported.length, path.length);
  for (let index = 0; index < shared; index += 1) if (reported[index] !== path[index]) return false;
  return true;
}
